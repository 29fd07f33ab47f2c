import { createMessageTexts } from '../app/message-texts.ts';
import { openGateway } from '../app/sms-gateway.ts';
import type { Config } from '../config.ts';
import type { SmsSample } from '../messages/sms-texts.ts';
import { EXIT, printError, printLine, Stop } from './exit.ts';
import { loadConfigOrStop } from './settings.ts';

/** The texts that a gateway must approve, and `--submit` sends to it. */
export async function printSmsTemplates({ submit, json }: { submit?: boolean; json?: boolean }): Promise<void> {
  const { config } = loadConfigOrStop();
  const samples = createMessageTexts(config).texts.samples({ notices: config.sms.notices });
  if (submit) return submitTemplates(config, samples);
  if (json) {
    printLine(JSON.stringify(samples.map(({ locale, kind, text, segments }) => ({ locale, kind, text, segments }))));
    return;
  }
  for (const sample of samples) {
    printLine(`# ${describe(sample)}`);
    printLine(sample.text);
    printLine('');
  }
}

const describe = ({ locale, kind, segments }: SmsSample): string =>
  `${locale}, ${kind}: ${segments === 1 ? 'one segment' : `${segments} segments, billed as ${segments} messages`}`;

async function submitTemplates(config: Config, samples: readonly SmsSample[]): Promise<void> {
  const sender = await openGateway(config);
  try {
    const { approval } = sender ?? {};
    if (!approval)
      throw new Stop(EXIT.usage, `SMS_PROVIDER=${config.sms.gateway?.gateway.name ?? 'log'} approves no texts`);
    let failures = 0;
    for (const sample of samples) {
      const outcome = await approval.submit(sample);
      failures += outcome.kind === 'failed' ? 1 : 0;
      const line = `${sample.locale}, ${sample.kind}: ${OUTCOMES[outcome.kind]}${'detail' in outcome ? outcome.detail : ''}`;
      if (outcome.kind === 'failed') printError(line);
      else printLine(line);
    }
    if (failures > 0) throw new Stop(EXIT.failed, `${failures} of ${samples.length} texts could not be submitted`);
  } finally {
    await sender?.close();
  }
}

const OUTCOMES = { submitted: 'submitted', known: 'already there: ', failed: 'not submitted: ' } as const;
