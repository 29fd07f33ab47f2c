import { openMailer } from '../../app/infrastructure.ts';
import type { Config } from '../../config.ts';
import { systemClock } from '../../core/clock.ts';
import { Failure } from '../../features/social/provider.ts';
import { type ConfiguredProvider, createProvider } from '../../features/social/providers/definition.ts';
import { createLog } from '../../infra/log.ts';
import { openRedis } from '../../infra/store/redis-client.ts';
import { explainOutage } from '../../infra/store/redis-failure.ts';
import type { RedisServers } from '../../infra/store/redis-servers.ts';
import { boundedWeb } from '../../infra/web/bounded-web.ts';
import { type Finding, finding } from './finding.ts';

const SILENT = createLog({ level: 'silent' });

export async function examineRedis({ store }: Config): Promise<Finding[]> {
  if (store.kind === 'database') return [finding('good', 'redis', 'not used: the database replaces it')];
  const redis = await openRedis({ servers: store.servers });
  try {
    const isUp = redis.isUp();
    const failures = await explainOutage(store.servers, redis);
    const details = failures.map(({ node, reason, remedy }) =>
      finding(isUp ? 'doubtful' : 'wrong', 'redis', `${node}: ${reason}`, remedy),
    );
    const summary = isUp
      ? finding('good', 'redis', describeRedis(store.servers, redis.nodes()))
      : finding('wrong', 'redis', 'it cannot be used; the service works with the database alone, but slower');
    return [summary, ...details];
  } finally {
    await redis.close();
  }
}

function describeRedis(servers: RedisServers, nodes: readonly string[]): string {
  if (servers.kind === 'cluster') return `the cluster works (masters: ${nodes.length})`;
  return servers.kind === 'sentinel' ? `the master of ${servers.master} works: ${nodes.join()}` : 'it works';
}

export async function examineMail(config: Config): Promise<Finding[]> {
  if (config.mail.kind === 'log') {
    const text = 'SMTP_URL is not set: no email is sent';
    return [finding(config.production ? 'doubtful' : 'good', 'mail', text)];
  }
  const mailer = openMailer(config, SILENT);
  try {
    const delivery = await mailer.verify();
    return delivery.outcome === 'sent'
      ? [finding('good', 'mail', 'the SMTP server accepts our messages')]
      : [
          finding(
            'wrong',
            'mail',
            `the SMTP server does not accept our messages: ${delivery.error}`,
            'check SMTP_URL: smtp:// with port 587 or smtps:// with port 465, user and password percent-encoded',
          ),
        ];
  } finally {
    await mailer.close();
  }
}

export const examineProviders = ({ social }: Config): Promise<Finding[]> =>
  Promise.all(social.providers.map((provider) => examineProvider(provider, social.redirectUris[0])));

/** Starts a sign-in, and stops where a user would be needed. */
async function examineProvider(configured: ConfiguredProvider, redirectUri = 'https://localhost/'): Promise<Finding> {
  const provider = createProvider(configured, { openWeb: boundedWeb, clock: systemClock });
  const url = await provider.authorize({ redirectUri, state: '-', nonce: '-', verifier: '-' });
  return url instanceof Failure
    ? finding('wrong', 'social', `${provider.name}: ${url.detail}`, configured.definition.advice)
    : finding('good', 'social', `users can be sent to ${provider.name}`);
}

/** Requests each receiver without an event. Any response shows that it can be reached. */
export async function examineWebhooks({ webhooks }: Config): Promise<Finding[]> {
  if (!webhooks) return [finding('good', 'webhooks', 'WEBHOOK_URL is not set: none are sent')];
  const { endpoints, privateHosts } = webhooks;
  const web = boundedWeb({ allowedUrls: endpoints.map(({ url }) => url), publicExcept: privateHosts });
  return Promise.all(
    endpoints.map(async ({ name, url }) => {
      const response = await web.send({ url });
      const isReached = response.kind === 'response' || response.error.startsWith('HTTP ');
      return isReached
        ? finding('good', 'webhooks', `${name} can be reached`)
        : finding(
            'wrong',
            'webhooks',
            `${name} cannot be reached: ${response.error}`,
            'check WEBHOOK_URL, that the receiver runs, and that this machine may connect to it',
          );
    }),
  );
}
