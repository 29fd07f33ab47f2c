import type { Fetch } from './fetch.ts';

const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface VerifierOptions {
  /** PUBLIC_URL of the service, which is also the claim `iss`. */
  issuer: string;
  /** TOKEN_AUDIENCE of the service. By default the service uses PUBLIC_URL. */
  audience: string | readonly string[];
  /** Where this process reaches the service, if not at the issuer: for example its address in the internal network. */
  url?: string;
  /** Accepted signature algorithms. By default all that the service can use: ES256, EdDSA and RS256. */
  algorithms?: readonly Algorithm[];
  /** Seconds, 0 to 30, for which an expired token is still accepted, because clocks differ. 5 by default. */
  clockTolerance?: number;
  /** `false`: tokens are accepted until they expire, also those of ended sessions. */
  revocations?: false | RevocationOptions;
  /** Verified tokens in memory, so that their signature is not verified again. 5,000 by default; 0 for none. */
  cacheSize?: number;
  /** Called when keys or ended sessions cannot be loaded. Retries follow by themselves. */
  onError?: (error: unknown) => void;
  /** Instead of the global `fetch`. */
  fetch?: Fetch;
}

export interface RevocationOptions {
  /**
   * What happens to tokens once it is unknown for `maxStaleness` which sessions have ended.
   * `refuse`, the default: `verify` throws `unavailable`, which is a 503.
   * `accept`: they are accepted until they expire, except those of sessions that are known to have ended.
   */
  whileUnavailable?: 'refuse' | 'accept';
  /**
   * Seconds, at least 20. 30 by default: time for a restart of the service. Meanwhile tokens of sessions that end are
   * accepted.
   */
  maxStaleness?: number;
}

/** Wrong options throw here, and not with the first request. */
export function readOptions(options: VerifierOptions): ReadOptions {
  const { issuer, audience, url = issuer, algorithms = ALGORITHMS, clockTolerance = 5, cacheSize = 5_000 } = options;
  const revocations = options.revocations ?? {};
  const { whileUnavailable = 'refuse', maxStaleness = 30 } = revocations || {};
  const audiences = typeof audience === 'string' ? [audience] : [...(audience ?? [])];
  require(isHttpUrl(issuer) &&
    !issuer.endsWith('/'), 'issuer must be the PUBLIC_URL of the service, without a slash at the end');
  require(isHttpUrl(url), 'url must be an http or https URL');
  require(audiences.length > 0 &&
    audiences.every((text) => typeof text === 'string' && text !== ''), 'audience is missing');
  require(algorithms.length > 0 &&
    algorithms.every((name) => ALGORITHMS.includes(name)), `algorithms must be of ${ALGORITHMS.join(', ')}`);
  require(clockTolerance >= 0 && clockTolerance <= 30, 'clockTolerance must be 0 to 30 seconds');
  require(cacheSize >= 0 && cacheSize <= 1_000_000, 'cacheSize must be 0 to 1,000,000');
  require(maxStaleness >= 20 && maxStaleness <= 86_400, 'maxStaleness must be 20 to 86,400 seconds');
  require(whileUnavailable === 'refuse' ||
    whileUnavailable === 'accept', "whileUnavailable must be 'refuse' or 'accept'");
  return {
    issuer,
    audience: audiences,
    url: url.replace(/\/+$/, ''),
    algorithms: [...algorithms],
    clockTolerance,
    feedOptions: revocations === false ? undefined : { whileUnavailable, maxStaleness },
    cacheSize,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    onError: options.onError ?? (() => {}),
  };
}

interface ReadOptions {
  issuer: string;
  audience: string[];
  url: string;
  algorithms: string[];
  clockTolerance: number;
  feedOptions: Required<RevocationOptions> | undefined;
  cacheSize: number;
  fetch: Fetch;
  onError(error: unknown): void;
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new TypeError(message);
}

const isHttpUrl = (text: unknown): boolean =>
  typeof text === 'string' && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
