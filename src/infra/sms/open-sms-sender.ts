import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { withBreaker } from './breaker.ts';
import { withPlaces } from './concurrency.ts';
import { eskizSender } from './eskiz-sender.ts';
import { httpSender } from './http-sender.ts';
import { logSender } from './log-sender.ts';
import type { SmsSender } from './sms-sender.ts';
import { twilioSender } from './twilio-sender.ts';

interface Dependencies {
  log: Log;
  clock: Clock;
  /** Where messages can be read that no provider sends; undefined when the outbox viewer is off. */
  viewer: string | undefined;
}

/** With five seconds each and a provider that answers in a fifth of one, 160 messages a second. */
const PLACES = 32;

/** Opens what the settings name. Asks nobody yet. */
export async function openSmsSender(
  { provider }: Pick<Config['sms'], 'provider'>,
  on: Dependencies,
): Promise<SmsSender> {
  if (provider.kind === 'log') return logSender(on);
  return withPlaces(withBreaker(await remoteSender(provider, on), on), PLACES);
}

type Remote = Exclude<Config['sms']['provider'], { kind: 'log' }>;

async function remoteSender(provider: Remote, { clock }: Dependencies): Promise<SmsSender> {
  switch (provider.kind) {
    case 'twilio':
      return twilioSender(provider);
    case 'eskiz':
      return eskizSender(provider);
    case 'http':
      return httpSender({ ...provider, clock });
  }
}
