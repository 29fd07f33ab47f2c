import { monotonic, SECOND } from '../../../core/clock.ts';
import { Failure } from '../provider.ts';

interface Options<T> {
  load(): Promise<T | Failure>;
  /** Milliseconds that a document is used without loading it again. */
  freshFor: number;
  /** Milliseconds that it may be used while its source does not respond. */
  staleFor: number;
  /** Milliseconds that never jump. */
  now?: () => number;
}

/** Milliseconds between two renewals: tokens with unknown keys must not cause a request each. */
const RENEWAL_PAUSE = 10 * SECOND;

/** A document of another site, kept for a while. Concurrent callers share one request. */
export interface CachedDocument<T> {
  get(): Promise<T | Failure>;
  /** A newer document, or the same one if it was loaded a moment ago. */
  renew(): Promise<T | Failure>;
}

export function createCachedDocument<T extends object>(options: Options<T>): CachedDocument<T> {
  const { load, freshFor, staleFor, now = monotonic } = options;
  let kept: { document: T; at: number } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<T | Failure> | undefined;

  async function fetchNow(): Promise<T | Failure> {
    triedAt = now();
    const loaded = await load();
    if (!(loaded instanceof Failure)) {
      kept = { document: loaded, at: now() };
      return loaded;
    }
    return kept && now() - kept.at < staleFor ? kept.document : loaded;
  }

  function fetchOnce(): Promise<T | Failure> {
    loading ??= fetchNow().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  return {
    get: async () => (kept && now() - kept.at < freshFor ? kept.document : fetchOnce()),
    renew: async () => (kept && now() - triedAt < RENEWAL_PAUSE ? kept.document : fetchOnce()),
  };
}
