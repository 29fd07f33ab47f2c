import { createMessageTexts } from '../../app/message-texts.ts';
import { openGateway } from '../../app/sms-gateway.ts';
import type { Config } from '../../config.ts';
import { InvalidMessageFiles } from '../../messages/message-files.ts';
import type { SmsSample } from '../../messages/sms-texts.ts';
import { type Finding, finding } from './finding.ts';

/** The gateway: whether it accepts our credentials, and what it says about our account and texts. */
export async function examineSms(config: Config): Promise<Finding[]> {
  const { sms, production } = config;
  const sender = await openGateway(config);
  if (!sender || !sms.gateway) {
    const consequence = production ? 'codes by text message are not offered' : 'no text message is sent';
    return [finding('good', 'sms', `SMS_PROVIDER is not set: ${consequence}`)];
  }
  const { name, advice } = sms.gateway.gateway;
  try {
    const delivery = await sender.verify();
    if (delivery.outcome !== 'sent')
      return [finding('wrong', 'sms', `text messages cannot be sent: ${delivery.error}`, advice)];
    const details = (await sender.approval?.examine(listTexts(config))) ?? [];
    return [
      finding('good', 'sms', `${name} responds and accepts our credentials`),
      ...details.map((detail) => finding(detail.state, 'sms', `${name}: ${detail.text}`, detail.advice)),
    ];
  } finally {
    await sender.close();
  }
}

/** None if the operator's files cannot be used: another check says so. */
function listTexts(config: Config): SmsSample[] {
  try {
    return createMessageTexts(config).texts.samples({ notices: config.sms.notices });
  } catch (error) {
    if (error instanceof InvalidMessageFiles) return [];
    throw error;
  }
}
