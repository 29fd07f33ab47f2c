import { openMailer } from '../../app/ground.ts';
import type { Config } from '../../config.ts';
import { createLog } from '../../infra/log.ts';
import { openRedis } from '../../infra/store/redis-client.ts';
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
