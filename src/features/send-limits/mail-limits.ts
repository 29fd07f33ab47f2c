import type { Email } from '../../core/identifiers.ts';
import type { RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { Permit } from '../outbox/permit.ts';
import type { KnowsCaller } from '../rate-limits/known-callers.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { type MessageUse, recipientCharges } from '../rate-limits/message-charges.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';

/** Mails that callers ask for. */
export interface MailLimits {
  /**
   * Counts one request, alike for addresses with and without an account. Resets and sign-ins for a caller whom the account
   * knows have limits of their own. The total is checked at delivery, because it counts only mails that are sent: otherwise requests
   * for unknown addresses would use it up.
   */
  check(email: Email, use: MessageUse, client: Client): Promise<Permit | RateLimited>;
  /** Gives back a request that was counted but not carried out. */
  refund(email: Email, use: MessageUse, client: Client): Promise<void>;
}

interface Dependencies {
  limiter: RateLimiter;
  limits: Limits;
  knowsCaller: KnowsCaller;
}

/** Uses with which an owner gets in. */
const OF_OWNERS: readonly MessageUse[] = ['recovery', 'email-sign-in'];

export function createMailLimits({ limiter, limits, knowsCaller }: Dependencies): MailLimits {
  const chargesFor = (email: Email, use: MessageUse, client: Client, isKnown = false): Charge[] => [
    ...recipientCharges(limits, { channel: 'EMAIL', to: email, use, isKnown }),
    ...networkCharges(limits.sendByNetwork, client.ip),
  ];

  const permit = (use: MessageUse, { ip, requestId }: Client) =>
    Permit.onDelivery({ userId: null, use, ip, requestId });

  return {
    async check(email, use, client) {
      const flood = await limiter.consume(...networkCharges(limits.anonymousByNetwork, client.ip));
      if (flood) return flood;
      const refusal = await limiter.consume(...chargesFor(email, use, client));
      if (!refusal) return permit(use, client);
      if (!OF_OWNERS.includes(use) || !(await knowsCaller(email, client))) return refusal;
      return (await limiter.consume(...chargesFor(email, use, client, true))) ?? permit(use, client);
    },

    refund: (email, use, client) => limiter.refund(...chargesFor(email, use, client)),
  };
}
