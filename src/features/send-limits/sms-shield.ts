import type { Config } from '../../config.ts';
import type { Phone } from '../../core/identifiers.ts';
import { findCountry, numberRange } from '../../core/phones.ts';
import { type RateLimited, SmsUnavailable } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import { Permit } from '../outbox/permit.ts';
import type { KnowsCaller } from '../rate-limits/known-callers.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { type MessageUse, recipientCharges } from '../rate-limits/message-charges.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import { consumeInOrder } from './consume-in-order.ts';
import { isHidden, type SharedLimit, textCharges } from './text-charges.ts';

interface Dependencies {
  db: Db;
  audit: Audit;
  limiter: RateLimiter;
  limits: Limits;
  knowsCaller: KnowsCaller;
  sms: Pick<Config['sms'], 'countries'>;
  signUp: Config['signUp'];
  /** Whether there is a provider. In production without one, messages would go nowhere. */
  isServed: boolean;
}

/** Each confirmed code pays for this many sends to its range. Ranges with fewer confirmations are not real users. */
const PAID_BY_A_CONFIRMATION = 10;

/** What the owner of a number asks for without being signed in. */
const OF_OWNERS: readonly MessageUse[] = ['recovery', 'sign-in'];

type RefusalReason = 'no-provider' | 'country' | 'person' | 'network' | SharedLimit;

interface Refused {
  reason: RefusalReason;
  problem: RateLimited | SmsUnavailable;
}

interface Counted {
  phone: Phone;
  use: MessageUse;
  client: Client;
  /** Whether it counts against the allowance of callers whom the account knows. */
  isKnown: boolean;
}

/**
 * Protects against SMS pumping: an attacker who earns from a range of numbers requests codes for all of it, from many
 * networks, and never enters one. The result does not depend on whether the number has an account.
 */
export interface SmsShield {
  /**
   * Counts one message. RateLimited is about the caller, SmsUnavailable about the number. Resets and sign-ins for a caller
   * whom the account knows have a limit of their own, and do not depend on how many codes to the range were entered. If
   * only some numbers get the message, the limits that all share are consumed at its delivery: otherwise requests for
   * unknown numbers, which cost nothing, would use them up.
   */
  checkLimits(phone: Phone, use: MessageUse, client: Client): Promise<Permit | RateLimited | SmsUnavailable>;
  /** Why no message at all may be sent to the number. */
  findObstacle(phone: Phone): 'no-provider' | 'country' | undefined;
  /** The provider refused the message: it has cost nothing. */
  refund(phone: Phone): Promise<void>;
  /** A code was entered, so this range has real users. */
  confirm(phone: Phone, use: MessageUse): Promise<void>;
}

export function createSmsShield(dependencies: Dependencies): SmsShield {
  const { db, audit, limiter, limits, knowsCaller, sms, signUp, isServed } = dependencies;

  const chargesOfNetwork = ({ ip }: Client): Charge[] => [
    ...networkCharges(limits.sendByNetwork, ip),
    ...networkCharges(limits.smsByNetwork, ip),
  ];
  /** Consumed at the request. */
  const chargesOfUse = ({ phone, use, isKnown }: Counted): [RefusalReason, Charge][] =>
    isHidden(use, signUp)
      ? []
      : textCharges(limits, phone, undefined).filter(([limit]) => !isKnown || limit !== 'unconfirmed');

  const findObstacle = (phone: Phone) => (isServed ? findCountryObstacle(phone, sms.countries) : 'no-provider');

  /** Records the range, which is ten thousand numbers and no personal data, so that the operator can act. */
  function record(outcome: RefusalReason, phone: Phone, client: Client): Promise<void> {
    const country = { country: findCountry(phone) ?? 'unknown' };
    const isAboutRange = outcome === 'range' || outcome === 'unconfirmed';
    const detail = isAboutRange ? { ...country, range: numberRange(phone) } : country;
    return audit.record(db, { type: 'sms-shield', outcome, client, detail });
  }

  /** Consumes every limit of a message, or none: why not. */
  async function count(counted: Counted): Promise<Refused | undefined> {
    const { phone, use, client, isKnown } = counted;
    const person = recipientCharges(limits, { channel: 'SMS', to: phone, use, isKnown });
    const limited = await limiter.consume(...person);
    if (limited) return { reason: 'person', problem: limited };
    const tooMany = await limiter.consume(...chargesOfNetwork(client));
    if (tooMany) {
      await limiter.refund(...person);
      return { reason: 'network', problem: tooMany };
    }
    const exhausted = await consumeInOrder(limiter, chargesOfUse(counted));
    if (exhausted === undefined) return undefined;
    await limiter.refund(...person);
    return { reason: exhausted.reason, problem: new SmsUnavailable() };
  }

  /** Whether the caller may use the allowance that strangers cannot use up. */
  const isOwner = async ({ reason }: Refused, phone: Phone, use: MessageUse, client: Client) =>
    OF_OWNERS.includes(use) && (reason === 'person' || reason === 'unconfirmed') && (await knowsCaller(phone, client));

  return {
    async checkLimits(phone, use, client) {
      // Before anything is recorded: a refusal because of the country costs a row.
      const flood = await limiter.consume(...networkCharges(limits.anonymousByNetwork, client.ip));
      if (flood) {
        await record('network', phone, client);
        return flood;
      }
      const obstacle = findObstacle(phone);
      if (obstacle) {
        await record(obstacle, phone, client);
        return new SmsUnavailable();
      }
      const asked = { phone, use, client };
      let refused = await count({ ...asked, isKnown: false });
      if (refused && (await isOwner(refused, phone, use, client))) refused = await count({ ...asked, isKnown: true });
      if (!refused) return isHidden(use, signUp) ? permitOnDelivery(use, client) : Permit.consumed();
      await record(refused.reason, phone, client);
      return refused.problem;
    },

    findObstacle,

    refund: (phone) => limiter.refund(...textCharges(limits, phone, undefined).map(([, charge]) => charge)),

    async confirm(phone, use) {
      const charges = textCharges(limits, phone, isHidden(use, signUp) ? use : undefined);
      const paid = charges.filter(([limit]) => limit === 'unconfirmed');
      await limiter.refund(...paid.map(([, charge]) => ({ ...charge, cost: PAID_BY_A_CONFIRMATION })));
    },
  };
}

function findCountryObstacle(phone: Phone, served: readonly string[]): 'country' | undefined {
  const country = findCountry(phone);
  return country && (served.length === 0 || served.includes(country)) ? undefined : 'country';
}

async function permitOnDelivery(use: MessageUse, { ip, requestId, sessionUser }: Client): Promise<Permit> {
  const callerId = await sessionUser?.();
  return Permit.onDelivery({ userId: null, use, ip, requestId, ...(callerId !== undefined && { callerId }) });
}
