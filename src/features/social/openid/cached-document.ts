import { monotonic, SECOND } from '../../../core/clock.ts';
import { Failure } from '../provider.ts';

interface Options<T> {
  load(): Promise<T | Failure>;
  /** Milliseconds that a document is used without a look at its source. */
  freshFor: number;
  /** Milliseconds that it is used while its source does not answer. */
  staleFor: number;
  /** Milliseconds that never jump. */
  now?: () => number;
}

/** Between two looks that somebody asks for: what strangers send must not make us ask the provider each time. */
const RENEWAL_PAUSE = 10 * SECOND;

/** A document of another site, kept for a while. Of any number who want it at once, one fetches it. */
export function createCachedDocument<T extends object>({ load, freshFor, staleFor, now = monotonic }: Options<T>) {
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
    get: async (): Promise<T | Failure> => (kept && now() - kept.at < freshFor ? kept.document : fetchOnce()),

    /** A newer one, for whoever misses something in it; the same when its source was asked a moment ago. */
    renew: async (): Promise<T | Failure> => (kept && now() - triedAt < RENEWAL_PAUSE ? kept.document : fetchOnce()),
  };
}
