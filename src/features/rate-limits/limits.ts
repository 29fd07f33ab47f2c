import ipaddr from 'ipaddr.js';
import type { Config } from '../../config.ts';
import { DAY, HOUR, MINUTE } from '../../core/clock.ts';
import type { RateLimit } from '../../infra/store/rate-limits.ts';

/**
 * A limit of the service. Durable limits count guesses at secrets and paid messages. They are always counted in the
 * database, so that emptying Redis does not reset them. The others count volume.
 */
export interface Limit extends RateLimit {
  durable: boolean;
}

export interface Limits {
  /** Wrong passwords for one identifier. */
  loginByAccount: Limit;
  /** Wrong passwords from one address range. */
  loginByNetwork: Limit;
  /** Wrong codes for one address, across all its codes: a new code does not reset it (SP 800-63B-4 section 3.1.3.2). */
  guessBySubject: Limit;
  guessByNetwork: Limit;
  /** Messages to one address. */
  sendCooldown: Limit;
  sendBySubject: Limit;
  sendByNetwork: Limit;
  /** All messages: limits costs and protects the sender's reputation. */
  sendInAll: Limit;
  /** Text messages to one range of numbers. */
  smsByRange: Limit;
  /** Text messages requested from one address range. */
  smsByNetwork: Limit;
  smsInAll: Limit;
  /** Codes sent to one range and not entered. Each entered code allows ten more: see sms-shield.ts. */
  smsUnconfirmed: Limit;
  /** Started social sign-ins: each writes a row. */
  socialStarts: Limit;
  /** Social sign-ins rejected by the provider or by us. */
  socialByNetwork: Limit;
  /** Rejected and replayed refresh tokens. Rotations need no limit: each needs the previous response. */
  refreshReplay: Limit;
}

interface Settings extends Pick<Config, 'login' | 'otp'> {
  sms: Pick<Config['sms'], 'rangeLimit' | 'dailyCap'>;
}

export function createLimits(config: Settings): Limits {
  const durable = (limit: RateLimit): Limit => ({ ...limit, durable: true });
  const volume = (name: string, max: number, window: number): Limit => ({ name, max, window, durable: false });
  return {
    loginByAccount: durable(config.login.accountLimit),
    loginByNetwork: durable(config.login.networkLimit),
    guessBySubject: durable(config.otp.accountLimit),
    guessByNetwork: durable({ name: 'guess-network', max: 100, window: 15 * MINUTE }),
    sendCooldown: volume('send-cooldown', 1, config.otp.resendCooldown),
    sendBySubject: volume('send-subject', 20, DAY),
    sendByNetwork: volume('send-network', 100, HOUR),
    sendInAll: volume('send-all', 20_000, HOUR),
    smsByRange: durable(config.sms.rangeLimit),
    smsByNetwork: durable({ ...config.sms.rangeLimit, name: 'sms-network' }),
    smsInAll: durable({ name: 'sms-all', max: config.sms.dailyCap, window: DAY }),
    smsUnconfirmed: durable({ name: 'sms-unconfirmed', max: 20, window: DAY }),
    socialStarts: volume('social-starts', 300, 15 * MINUTE),
    socialByNetwork: volume('social-network', 100, 15 * MINUTE),
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
