import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { type Fetch, loadText } from './fetch.ts';

/** The public keys of the service, which rotate. */
export interface Keys {
  /** For jose's jwtVerify. Throws JWKSNoMatchingKey, or KeysUnavailable. */
  find: JWTVerifyGetKey;
  /** Differs from those of other key sets. Changes when a key is added or removed. */
  version(): string;
}

export class KeysUnavailable extends Error {}

interface Dependencies {
  url: string;
  fetch: Fetch;
  onError(error: unknown): void;
}

/** Milliseconds. The service publishes a key for ten minutes before it signs, so a set of this age has every key. */
const REFRESH_AFTER = 5 * 60_000;
/** Milliseconds between requests for an unknown key: anyone can write a token that names one. */
const COOLDOWN = 5_000;
/** Milliseconds for which keys are used if the service does not respond. */
const USABLE_FOR = 60 * 60_000;
const TIMEOUT = 5_000;
const LARGEST = 256 * 1024;

export function createKeys({ url, fetch, onError }: Dependencies): Keys {
  let set: { find: ReturnType<typeof createLocalJWKSet>; version: string; loadedAt: number } | undefined;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  async function request(): Promise<void> {
    attemptedAt = performance.now();
    const { status, text } = await loadText(fetch, url, { timeout: TIMEOUT, largest: LARGEST });
    if (status !== 200) throw new Error(`${url} responded ${status}`);
    const keySet = JSON.parse(text) as JSONWebKeySet; // createLocalJWKSet checks it.
    const find = createLocalJWKSet(keySet);
    const version = keySet.keys.map(({ kid }) => kid).join(' ');
    set = { find, version, loadedAt: attemptedAt };
  }

  /** Callers share a request. */
  function load(): Promise<void> {
    loading ??= request().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function current() {
    const age = set ? performance.now() - set.loadedAt : Number.POSITIVE_INFINITY;
    if (age > USABLE_FOR) {
      // Failing requests must not each cause another one.
      if (!loading && performance.now() - attemptedAt < 1_000) throw new KeysUnavailable();
      await load().catch((error: unknown) => {
        onError(error);
        throw new KeysUnavailable('the keys cannot be loaded', { cause: error });
      });
    } else if (age > REFRESH_AFTER && performance.now() - attemptedAt > COOLDOWN) load().catch(onError);
    if (!set) throw new KeysUnavailable();
    return set;
  }

  /** The key may be newer than the set. */
  async function findAgain(error: unknown, ...token: Parameters<JWTVerifyGetKey>) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    if (!loading && performance.now() - attemptedAt < COOLDOWN) throw error;
    await load().catch(onError);
    return (await current()).find(...token);
  }

  return {
    version: () => set?.version ?? '',
    async find(header, token) {
      const isFresh = set !== undefined && performance.now() - set.loadedAt < REFRESH_AFTER;
      const { find } = isFresh && set ? set : await current();
      return find(header, token).catch((error: unknown) => findAgain(error, header, token));
    },
  };
}
