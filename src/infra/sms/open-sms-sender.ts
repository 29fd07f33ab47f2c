import { type Clock, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { withBreaker } from './breaker.ts';
import { limitConcurrency } from './concurrency.ts';
import type { ConfiguredGateway } from './gateway.ts';
import { logSender } from './log-sender.ts';
import type { SmsSender } from './sms-sender.ts';

interface Dependencies {
  log: Log;
  clock: Clock;
  /** Where messages can be read if there is no gateway. Undefined if the outbox viewer is off. */
  viewer: string | undefined;
}

const DEADLINE = 5 * SECOND;
/** With a gateway that responds in 0.2 s, this is 160 messages a second. */
const MAX_CONCURRENT = 32;

/** Sends no request yet. Without a gateway, messages go to the log only. */
export async function openSmsSender(
  configured: ConfiguredGateway | undefined,
  { log, viewer, clock }: Dependencies,
): Promise<SmsSender> {
  if (!configured) return logSender({ log, viewer });
  const sender = await configured.gateway.open(configured.settings, { clock, deadline: DEADLINE });
  return limitConcurrency(withBreaker(sender, { log }), MAX_CONCURRENT);
}
