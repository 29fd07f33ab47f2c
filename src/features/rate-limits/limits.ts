import type { Config } from '../../config.ts';
import { DAY, HOUR, MINUTE } from '../../core/clock.ts';
import { NETWORK_SCALES, type NetworkScale } from '../../core/networks.ts';
import type { RateLimit } from '../../infra/store/rate-limits.ts';

/**
 * A limit of the service. Durable limits count guesses at secrets and paid messages. They are always counted in the
 * database, so that emptying Redis does not reset them. The others count volume.
 */
export interface Limit extends RateLimit {
  durable: boolean;
  /** Whether the limiter remembers for a moment that it is exceeded: see refusal-memory.ts. */
  isRemembered?: boolean;
}

/** A limit of a client's network, and the larger limits of the wider networks around it: docs/decisions/0014. */
export type NetworkLimit = Readonly<Record<NetworkScale, Limit>>;

export interface Limits {
  /** Wrong passwords for one identifier. */
  loginByAccount: Limit;
  /**
   * Right passwords for one account, and sign-ins with one identity at a provider: each writes rows that are kept for long.
   * Only callers who can sign in use it up.
   */
  signInsByAccount: Limit;
  /** Wrong passwords from one address range. */
  loginByNetwork: NetworkLimit;
  /** Wrong codes for one address, across all its codes: a new code does not reset it (SP 800-63B-4 section 3.1.3.2). */
  guessBySubject: Limit;
  /** Anonymous requests that look something up or judge a password. Some of those that succeed do not count. */
  anonymousByNetwork: NetworkLimit;
  guessByNetwork: NetworkLimit;
  /** Changes of the second factors of one account: each writes rows and sends a notice. */
  factorChangesByAccount: Limit;
  /** Messages of one use to one address or number: see message-charges.ts. */
  sendCooldown: Limit;
  sendBySubject: Limit;
  /**
   * Resets and sign-ins by email, counted apart. The window is not longer than a link is valid, so when it refuses one, the
   * mailbox has a link that still works: an attacker who uses it up does not keep the owner out.
   */
  sendLink: Limit;
  sendByNetwork: NetworkLimit;
  /** All messages: limits costs and protects the sender's reputation. */
  sendInAll: Limit;
  /** Text messages to one range of numbers. */
  smsByRange: Limit;
  /** Text messages requested from one address range. */
  smsByNetwork: NetworkLimit;
  smsInAll: Limit;
  /** The same counter: notices of changes may also use the last tenth of the daily cap. */
  smsInAllCritical: Limit;
  /** Codes sent to one range and not entered. Each entered code allows ten more: see sms-shield.ts. */
  smsUnconfirmed: Limit;
  /** Notices of new devices to one recipient. */
  noticesToAddress: Limit;
  noticesToNumber: Limit;
  noticesByNetwork: NetworkLimit;
  textNoticesByNetwork: NetworkLimit;
  textNoticesByRange: Limit;
  /**
   * Notices of one kind to an address that is not verified: another person may have entered it. Few, because together they
   * must not flood that person; but a flood of one kind must not hide another.
   */
  noticesToUnverified: Limit;
  /** Notices of changes: of one kind to one recipient. Counted apart, so that no flood of other messages silences them. */
  criticalToAddress: Limit;
  criticalToNumber: Limit;
  criticalInAll: Limit;
  criticalByRange: Limit;
  /** Started social sign-ins: each writes a row. */
  socialStarts: NetworkLimit;
  /** Social sign-ins rejected by the provider or by us. */
  socialByNetwork: NetworkLimit;
  /** Options for a sign-in with a passkey: each writes a row. A page with autofill asks for them when it is opened. */
  passkeyStarts: NetworkLimit;
  /** Sign-ins whose passkey was rejected. */
  passkeyByNetwork: NetworkLimit;
  /** Started registrations of one user. */
  passkeyRegistrations: Limit;
  /** Rejected and replayed refresh tokens. Rotations need no limit: each needs the previous response. */
  refreshReplay: Limit;
}

interface Settings extends Pick<Config, 'login' | 'otp'> {
  passwordReset: Pick<Config['passwordReset'], 'linkTtl'>;
  sms: Pick<Config['sms'], 'rangeLimit' | 'dailyCap'>;
}

/** The share of the daily cap that is left to notices of changes. */
const CRITICAL_SHARE = 0.1;

export function createLimits(config: Settings): Limits {
  const { rangeLimit, dailyCap } = config.sms;
  const durable = (limit: RateLimit): Limit => ({ ...limit, durable: true });
  const volume = (name: string, max: number, window: number): Limit => ({ name, max, window, durable: false });
  return {
    loginByAccount: durable(config.login.accountLimit),
    signInsByAccount: volume('sign-ins', 300, HOUR),
    loginByNetwork: perNetwork(durable(config.login.networkLimit)),
    anonymousByNetwork: perNetwork(volume('anonymous-network', 300, 15 * MINUTE)),
    guessBySubject: durable(config.otp.accountLimit),
    guessByNetwork: perNetwork(durable({ name: 'guess-network', max: 100, window: 15 * MINUTE })),
    factorChangesByAccount: volume('factor-changes', 60, HOUR),
    sendCooldown: volume('send-cooldown', 1, config.otp.resendCooldown),
    sendBySubject: volume('send-subject', 20, DAY),
    sendLink: volume('send-link', 3, config.passwordReset.linkTtl),
    sendByNetwork: perNetwork(volume('send-network', 100, HOUR)),
    sendInAll: volume('send-all', 20_000, HOUR),
    smsByRange: durable(rangeLimit),
    smsByNetwork: perNetwork(durable({ ...rangeLimit, name: 'sms-network' })),
    smsInAll: durable({ name: 'sms-all', max: dailyCap - Math.floor(dailyCap * CRITICAL_SHARE), window: DAY }),
    smsInAllCritical: durable({ name: 'sms-all', max: dailyCap, window: DAY }),
    smsUnconfirmed: durable({ name: 'sms-unconfirmed', max: 20, window: DAY }),
    noticesToAddress: volume('notice-address', 5, HOUR),
    noticesToUnverified: volume('notice-unverified', 3, DAY),
    noticesToNumber: durable({ name: 'notice-number', max: 5, window: DAY }),
    noticesByNetwork: perNetwork(volume('notice-network', 100, HOUR)),
    textNoticesByNetwork: perNetwork(durable({ ...rangeLimit, name: 'notice-sms-network' })),
    textNoticesByRange: durable({ ...rangeLimit, name: 'notice-sms-range' }),
    criticalToAddress: volume('critical-address', 10, HOUR),
    criticalToNumber: durable({ name: 'critical-number', max: 5, window: DAY }),
    criticalInAll: volume('critical-all', 20_000, HOUR),
    criticalByRange: durable({ ...rangeLimit, name: 'critical-sms-range' }),
    socialStarts: perNetwork(volume('social-starts', 300, 15 * MINUTE)),
    socialByNetwork: perNetwork(volume('social-network', 100, 15 * MINUTE)),
    passkeyStarts: perNetwork(volume('passkey-starts', 300, 15 * MINUTE)),
    passkeyByNetwork: perNetwork(volume('passkey-network', 100, 15 * MINUTE)),
    passkeyRegistrations: volume('passkey-registrations', 30, HOUR),
    refreshReplay: volume('refresh-replay', 600, 5 * MINUTE),
  };
}

function perNetwork(limit: Limit): NetworkLimit {
  const scaled = NETWORK_SCALES.map((scale) => [
    scale,
    { ...limit, isRemembered: true, name: scale === 1 ? limit.name : `${limit.name}/${scale}`, max: limit.max * scale },
  ]);
  return Object.fromEntries(scaled) as NetworkLimit; // Object.fromEntries forgets the keys.
}
