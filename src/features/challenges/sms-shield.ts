import type { Config } from '../../config.ts';
import type { Phone } from '../../core/identifiers.ts';
import { countryOf, rangeOf } from '../../core/phones.ts';
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
  /** Whether messages go anywhere. In production without a provider nobody would ever get one. */
  isServed: boolean;
}

/** How many codes may go to a range for each that somebody entered: fewer than one in ten is nobody's business. */
const PAID_BY_A_CONFIRMATION = 10;

type Refusal = 'no-provider' | 'country' | 'person' | 'network' | 'range' | 'cap' | 'unconfirmed';

export type SmsShield = ReturnType<typeof createSmsShield>;

/**
 * What stands between a request and the bill. Whoever owns a range of numbers and is paid for the traffic on it asks for
 * messages to all of it, from many addresses, and never enters a code. The answer is the same whether or not anybody
 * has an account with the number, because nobody looks.
 */
export function createSmsShield({ db, audit, limiter, limits, sms, otp, isServed }: Dependencies) {
  const ofPerson = (phone: Phone): Charge[] => [
    ...(otp.resendCooldown > 0 ? [{ limit: limits.sendCooldown, key: `SMS:${phone}` }] : []),
    { limit: limits.sendBySubject, key: `SMS:${phone}` },
  ];
  const ofNetwork = ({ ip }: Client): Charge[] => [
    { limit: limits.sendByNetwork, key: networkKey(ip) },
    { limit: limits.smsByNetwork, key: networkKey(ip) },
  ];
  const unconfirmed = (phone: Phone): Charge => ({ limit: limits.smsUnconfirmed, key: rangeOf(phone) });
  const ofCost = (phone: Phone): [Refusal, Charge][] => [
    ['range', { limit: limits.smsByRange, key: rangeOf(phone) }],
    ['cap', { limit: limits.smsInAll, key: 'SMS' }],
    ['unconfirmed', unconfirmed(phone)],
  ];

  /** A range is ten thousand numbers, so it is nobody's personal data, and whoever pays has to know which it is. */
  function record(outcome: Refusal, phone: Phone, client: Client): Promise<void> {
    const place = { country: countryOf(phone) ?? 'unknown' };
    const isAboutRange = outcome === 'range' || outcome === 'unconfirmed';
    const detail = isAboutRange ? { ...place, range: rangeOf(phone) } : place;
    return audit.record(db, { type: 'sms-shield', outcome, client, detail });
  }

  /** All or nothing; which one was not there. A point that was refused is given back, so that asking on closes nothing. */
  async function pay(costs: [Refusal, Charge][]): Promise<Refusal | undefined> {
    const paid: Charge[] = [];
    for (const [refusal, charge] of costs) {
      paid.push(charge);
      if (!(await limiter.spend(charge))) continue;
      await limiter.refund(...paid);
      return refusal;
    }
    return undefined;
  }

  return {
    /** Undefined: one message may go, and is paid for. RateLimited is about the caller, SmsUnavailable about the number. */
    async admit(phone: Phone, client: Client): Promise<RateLimited | SmsUnavailable | undefined> {
      const country = countryOf(phone);
      const isMeant = country && (sms.countries.length === 0 || sms.countries.includes(country));
      if (!isServed || !isMeant) {
        await record(isServed ? 'country' : 'no-provider', phone, client);
        return new SmsUnavailable();
      }
      const tooSoon = await limiter.spend(...ofPerson(phone));
      const tooMany = tooSoon ? undefined : await limiter.spend(...ofNetwork(client));
      if (tooMany) await limiter.refund(...ofPerson(phone));
      const limited = tooSoon ?? tooMany;
      if (limited) {
        await record(tooSoon ? 'person' : 'network', phone, client);
        return limited;
      }
      const spent = await pay(ofCost(phone));
      if (spent === undefined) return undefined;
      await limiter.refund(...ofPerson(phone));
      await record(spent, phone, client);
      return new SmsUnavailable();
    },

    /** The provider did not take it: it has cost nothing. */
    refund: (phone: Phone): Promise<void> => limiter.refund(...ofCost(phone).map(([, charge]) => charge)),

    /** Somebody entered a code: there are people in this range. */
    confirm: (phone: Phone): Promise<void> => limiter.refund({ ...unconfirmed(phone), points: PAID_BY_A_CONFIRMATION }),
  };
}
