import type { Clock } from '../../core/clock.ts';
import type { Phone } from '../../core/identifiers.ts';
import { LOCALES } from '../../core/locale.ts';
import { numberRange } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { MessageChannel } from '../../infra/db/tables.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Admission, CheckedMessage, DeliveryGate } from '../outbox/delivery-gate.ts';
import { Permit } from '../outbox/permit.ts';
import type { KnowsCaller } from '../rate-limits/known-callers.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import { consumeInOrder, type UsedUp } from './consume-in-order.ts';
import { createDeliveryCharges, isCritical, type SuppressionReason } from './delivery-charges.ts';
import type { SmsShield } from './sms-shield.ts';
import { countSuppressed, takeSuppressed } from './suppressed-notice.repo.ts';

/** Permits for messages that a change causes. Their limits are consumed when they are delivered. */
export interface NoticeLimits extends DeliveryGate {
  /** @param client undefined on the command line */
  permit(userId: string, client: Client | undefined): Permit;
  /**
   * For a notice, which mentions the suppressed ones of its kind.
   * @param tx the transaction of the change
   */
  permitNotice(tx: Db, notice: NoticeRequest): Promise<{ permit: Permit; more: number }>;
}

interface NoticeRequest {
  userId: string;
  channel: MessageChannel;
  /** The template. */
  kind: string;
  client: Client | undefined;
  /** An address that the account has not verified. */
  toUnverified?: boolean;
}

interface Dependencies {
  transact: Transact;
  clock: Clock;
  audit: Audit;
  limiter: RateLimiter;
  limits: Limits;
  shield: Pick<SmsShield, 'findObstacle'>;
  knowsCaller: KnowsCaller;
}

export function createNoticeLimits(dependencies: Dependencies): NoticeLimits {
  const { transact, clock, audit, limiter, limits, shield, knowsCaller } = dependencies;
  const chargesFor = createDeliveryCharges(limits);

  /** Mail and text messages are counted apart: they may go to different people. */
  const counterFor = (channel: MessageChannel, kind: string) => (channel === 'SMS' ? `sms ${kind}` : kind);

  async function suppress(message: CheckedMessage, reason: SuppressionReason): Promise<Admission> {
    const { userId, channel, kind, more, ip } = message;
    const client = ip === null ? undefined : toClient(message, ip);
    const range = reason === 'range' || reason === 'unconfirmed' ? { range: numberRange(message.to as Phone) } : {};
    await transact(async (tx) => {
      if (userId !== null) await countSuppressed(tx, userId, counterFor(channel, kind), 1 + more);
      const event = { type: 'notice', outcome: 'suppressed', userId: userId ?? undefined, client } as const;
      await audit.record(tx, { ...event, detail: { kind, channel, reason, ...range } });
    });
    return { decision: 'suppress' };
  }

  /** Like the shield, does not hold unentered codes against a caller whom the account knows. */
  async function consume(message: CheckedMessage): Promise<UsedUp<SuppressionReason> | undefined> {
    const charges = chargesFor(message);
    const refusal = await consumeInOrder(limiter, charges);
    if (refusal?.reason !== 'unconfirmed' || message.ip === null) return refusal;
    if (!(await knowsCaller(message.to, toClient(message, message.ip)))) return refusal;
    return consumeInOrder(
      limiter,
      charges.filter(([reason]) => reason !== 'unconfirmed'),
    );
  }

  const checkFor = (userId: string, client: Client | undefined) => ({
    userId,
    ip: client?.ip ?? null,
    requestId: client?.requestId ?? null,
  });

  return {
    permit: (userId, client) => Permit.onDelivery(checkFor(userId, client)),

    permitNotice: async (tx, { userId, channel, kind, client, toUnverified }) => ({
      permit: Permit.onDelivery({ ...checkFor(userId, client), ...(toUnverified && { toUnverified }) }),
      more: await takeSuppressed(tx, userId, counterFor(channel, kind)),
    }),

    async admit(message) {
      const obstacle = message.channel === 'SMS' ? shield.findObstacle(message.to as Phone) : undefined;
      if (obstacle) return suppress(message, obstacle);
      const refusal = await consume(message);
      if (!refusal) return { decision: 'send' };
      const { reason, retryAfter } = refusal;
      // A limit that others share delays a message: an attacker may have used it up to hide a change or to stop resets.
      const isInTime = clock.now().getTime() + retryAfter < message.expiresAt.getTime();
      const canWait = isCritical(message) && reason !== 'recipient' && isInTime;
      return canWait ? { decision: 'wait', retryAfter } : suppress(message, reason);
    },

    refund: (message) => limiter.refund(...chargesFor(message).map(([, charge]) => charge)),
  };
}

/** The client that the message was caused by, as far as it is stored. */
const toClient = ({ requestId, callerId }: CheckedMessage, ip: string): Client => ({
  ip,
  requestId: requestId ?? '',
  userAgent: null,
  locale: LOCALES[0],
  sessionUser: async () => callerId,
});
