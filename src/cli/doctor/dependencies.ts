import { openMailer } from '../../app/infrastructure.ts';
import type { Config } from '../../config.ts';
import { systemClock } from '../../core/clock.ts';
import { Failure } from '../../features/social/provider.ts';
import { createProviders } from '../../features/social/providers/registry.ts';
import { createLog } from '../../infra/log.ts';
import { openSmsSender } from '../../infra/sms/open-sms-sender.ts';
import { openRedis } from '../../infra/store/redis-client.ts';
import { boundedWeb } from '../../infra/web/bounded-web.ts';
import { type Finding, finding } from './finding.ts';

const SILENT = createLog({ level: 'silent' });

export async function examineRedis({ store }: Config): Promise<Finding[]> {
  if (store.kind === 'database') return [finding('good', 'redis', 'not used: the database does its work')];
  const redis = await openRedis({ urls: store.urls });
  try {
    return redis.isUp()
      ? [finding('good', 'redis', store.urls.length > 1 ? 'the cluster answers' : 'it answers')]
      : [
          finding(
            'wrong',
            'redis',
            'it does not answer; the service goes on with the database alone, slower',
            'check REDIS_URL (host, port, password, redis:// or rediss:// for TLS) and that the server runs',
          ),
        ];
  } finally {
    await redis.close();
  }
}

export async function examineMail(config: Config): Promise<Finding[]> {
  if (config.mail.kind === 'log') {
    const text = 'SMTP_URL is not set: messages stay here';
    return [finding(config.production ? 'doubtful' : 'good', 'mail', text)];
  }
  const mailer = openMailer(config, SILENT);
  try {
    const delivery = await mailer.verify();
    return delivery.outcome === 'sent'
      ? [finding('good', 'mail', 'the SMTP server takes our messages')]
      : [
          finding(
            'wrong',
            'mail',
            `the SMTP server does not take our messages: ${delivery.error}`,
            'check SMTP_URL: smtp:// with port 587 or smtps:// with port 465, user and password percent-encoded',
          ),
        ];
  } finally {
    await mailer.close();
  }
}

export async function examineSms(config: Config): Promise<Finding[]> {
  const { kind } = config.sms.provider;
  if (kind === 'log') {
    const text = config.production
      ? 'SMS_PROVIDER is not set: whoever asks for a code by text message is told that there is none'
      : 'SMS_PROVIDER is not set: text messages stay here';
    return [finding('good', 'sms', text)];
  }
  const sender = await openSmsSender(config.sms, { log: SILENT, clock: systemClock, viewer: undefined });
  try {
    const answer = await sender.verify();
    return answer.outcome === 'sent'
      ? [finding('good', 'sms', `${kind} answers and knows us`)]
      : [finding('wrong', 'sms', `no text message can be sent: ${answer.error}`, SMS_ADVICE[kind])];
  } finally {
    await sender.close();
  }
}

const SMS_ADVICE = {
  twilio: 'check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and that this machine reaches TWILIO_API_URL',
  eskiz: 'check ESKIZ_EMAIL and ESKIZ_PASSWORD (the gateway’s own), and that this machine reaches ESKIZ_API_URL',
  http: 'check SMS_HTTP_URL and SMS_HTTP_SECRET, and that the gateway runs',
};
/** Begins a sign-in with each provider, as far as that goes without a person. */
export async function examineProviders({ social }: Config): Promise<Finding[]> {
  const providers = createProviders(social, { openWeb: boundedWeb, clock: systemClock });
  const departure = {
    redirectUri: social.redirectUris[0] ?? 'https://localhost/',
    state: '-',
    nonce: '-',
    verifier: '-',
  };
  return Promise.all(
    providers.map(async ({ name, authorize }) => {
      const begun = await authorize(departure);
      return begun instanceof Failure
        ? finding(
            'wrong',
            'social',
            `${name}: ${begun.detail}`,
            'check that this machine reaches it, and that the issuer is written as its discovery document writes it',
          )
        : finding('good', 'social', `people can be sent to ${name}`);
    }),
  );
}
