import type { Config } from '../../config.ts';
import type { Phone } from '../../core/identifiers.ts';
import { findCountry, numberRange } from '../../core/phones.ts';
import { type RateLimited, SmsUnavailable } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type Limits, networkKey } from '../rate-limits/limits.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';

interface Dependencies {
  db: Db;
  audit: Audit;
  limiter: RateLimiter;
  limits: Limits;
  sms: Pick<Config['sms'], 'countries'>;
  otp: Pick<Config['otp'], 'resendCooldown'>;
  /** Whether there is a provider. In production without one, messages would go nowhere. */
  isServed: boolean;
}

/** Each confirmed code pays for this many sends to its range. Ranges with fewer confirmations are not real users. */
const PAID_BY_A_CONFIRMATION = 10;

type RefusalReason = 'no-provider' | 'country' | 'person' | 'network' | 'range' | 'cap' | 'unconfirmed';

/**
 * Protects against SMS pumping: an attacker who earns from a range of numbers requests codes for all of it, from many
 * networks, and never enters one. The answer does not depend on whether the number has an account.
 */
export interface SmsShield {
  /** Counts one message. RateLimited is about the caller, SmsUnavailable about the number; undefined: it may be sent. */
  checkLimits(phone: Phone, client: Client): Promise<RateLimited | SmsUnavailable | undefined>;
  /** The provider refused the message: it has cost nothing. */
  refund(phone: Phone): Promise<void>;
  /** A code was entered, so this range has real users. */
  confirm(phone: Phone): Promise<void>;
}

export function createSmsShield({ db, audit, limiter, limits, sms, otp, isServed }: Dependencies): SmsShield {
  const personCharges = (phone: Phone): Charge[] => [
    ...(otp.resendCooldown > 0 ? [{ limit: limits.sendCooldown, key: `SMS:${phone}` }] : []),
    { limit: limits.sendBySubject, key: `SMS:${phone}` },
  ];
  const networkCharges = ({ ip }: Client): Charge[] => [
    { limit: limits.sendByNetwork, key: networkKey(ip) },
    { limit: limits.smsByNetwork, key: networkKey(ip) },
  ];
  const unconfirmed = (phone: Phone): Charge => ({ limit: limits.smsUnconfirmed, key: numberRange(phone) });
  const costCharges = (phone: Phone): [RefusalReason, Charge][] => [
    ['range', { limit: limits.smsByRange, key: numberRange(phone) }],
    ['cap', { limit: limits.smsInAll, key: 'SMS' }],
    ['unconfirmed', unconfirmed(phone)],
  ];

  /** Records the range, which is ten thousand numbers and no personal data, so that the operator can act. */
  function record(outcome: RefusalReason, phone: Phone, client: Client): Promise<void> {
    const country = { country: findCountry(phone) ?? 'unknown' };
    const isAboutRange = outcome === 'range' || outcome === 'unconfirmed';
    const detail = isAboutRange ? { ...country, range: numberRange(phone) } : country;
    return audit.record(db, { type: 'sms-shield', outcome, client, detail });
  }

  /** Consumes all limits or none; returns the one that refused. */
  async function consumeAll(costs: [RefusalReason, Charge][]): Promise<RefusalReason | undefined> {
    const consumed: Charge[] = [];
    for (const [refusal, charge] of costs) {
      consumed.push(charge);
      if (!(await limiter.consume(charge))) continue;
      await limiter.refund(...consumed);
      return refusal;
    }
    return undefined;
  }

  return {
    async checkLimits(phone, client) {
      const country = findCountry(phone);
      const isServedCountry = country && (sms.countries.length === 0 || sms.countries.includes(country));
      if (!isServed || !isServedCountry) {
        await record(isServed ? 'country' : 'no-provider', phone, client);
        return new SmsUnavailable();
      }
      const tooSoon = await limiter.consume(...personCharges(phone));
      const tooMany = tooSoon ? undefined : await limiter.consume(...networkCharges(client));
      if (tooMany) await limiter.refund(...personCharges(phone));
      const refusal = tooSoon ?? tooMany;
      if (refusal) {
        await record(tooSoon ? 'person' : 'network', phone, client);
        return refusal;
      }
      const exhausted = await consumeAll(costCharges(phone));
      if (exhausted === undefined) return undefined;
      await limiter.refund(...personCharges(phone));
      await record(exhausted, phone, client);
      return new SmsUnavailable();
    },

    refund: (phone) => limiter.refund(...costCharges(phone).map(([, charge]) => charge)),

    confirm: (phone) => limiter.refund({ ...unconfirmed(phone), cost: PAID_BY_A_CONFIRMATION }),
  };
}
