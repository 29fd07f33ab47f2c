import ipaddr from 'ipaddr.js';
import type { Config } from '../../config.ts';
import { DAY, HOUR, MINUTE } from '../../core/clock.ts';
import type { RateLimit } from '../../infra/store/rate-limits.ts';

/**
 * Every limit of the service. A durable one counts guesses at secrets: it stands in the database even where Redis
 * serves, so that an emptied Redis forgives nobody. The others count volume.
 */
export interface Limit extends RateLimit {
  durable: boolean;
}

export type Limits = ReturnType<typeof createLimits>;

interface Settings extends Pick<Config, 'login' | 'otp'> {
  sms: Pick<Config['sms'], 'rangeLimit' | 'dailyCap'>;
}

export function createLimits(config: Settings) {
  const durable = (limit: RateLimit): Limit => ({ ...limit, durable: true });
  const volume = (name: string, max: number, window: number): Limit => ({ name, max, window, durable: false });
  return {
    /** Wrong passwords for one identifier. */
    loginByAccount: durable(config.login.accountLimit),
    /** Wrong passwords from one address range. */
    loginByNetwork: durable(config.login.networkLimit),
    /** Wrong codes for one address, over all its codes: a new code does not refill it (SP 800-63B-4 section 3.1.3.2). */
    guessBySubject: durable(config.otp.accountLimit),
    guessByNetwork: durable({ name: 'guess-network', max: 100, window: 15 * MINUTE }),
    /** Messages to one address: one a cool-down, and not for ever. */
    sendCooldown: volume('send-cooldown', 1, config.otp.resendCooldown),
    sendBySubject: volume('send-subject', 20, DAY),
    sendByNetwork: volume('send-network', 100, HOUR),
    /** Messages in all: a ceiling for the bill and for the sender's reputation. */
    sendInAll: volume('send-all', 20_000, HOUR),
    /** Text messages to one range of numbers. These cost money, so a Redis that was emptied gives none of them back. */
    smsByRange: durable(config.sms.rangeLimit),
    /** And from one address range. */
    smsByNetwork: durable({ ...config.sms.rangeLimit, name: 'sms-network' }),
    smsInAll: durable({ name: 'sms-all', max: config.sms.dailyCap, window: DAY }),
    /** Codes to one range that nobody has entered yet. Each that is entered pays for ten: see sms-shield.ts. */
    smsUnconfirmed: durable({ name: 'sms-unconfirmed', max: 20, window: DAY }),
    /** Social sign-ins that are begun, each of which is a row. */
    socialStarts: volume('social-starts', 300, 15 * MINUTE),
    /** Those that the provider or we refuse. */
    socialByNetwork: volume('social-network', 100, 15 * MINUTE),
    /** Answers to a refresh token that was already used, and refusals. A rotation needs no limit: it needs the last answer. */
    refreshReplay: volume('refresh-replay', 600, 5 * MINUTE),
  };
}

/** The address range that one party controls: an IPv4 address, or an IPv6 /64. */
export function networkKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return `${address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
