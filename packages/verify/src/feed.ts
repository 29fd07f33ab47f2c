import { EXPIRY_LEEWAY, openDocument } from './feed-document.ts';
import { type Fetch, loadText } from './fetch.ts';
import type { Keys } from './keys.ts';

/** The ended sessions, kept current by one request at a time that waits for changes. */
export interface RevocationFeed {
  start(): void;
  /** Ends the request and stops. */
  close(): void;
  isRevoked(sid: string): boolean;
  /** Milliseconds since the service last said what is revoked; infinite before the first time. */
  age(): number;
  /** Resolves when the list has been loaded, or has not been loaded five seconds after the start. Starts the feed. */
  ready(): Promise<void>;
  /** Calls back for each session that ends from now on. Returns a function that stops it. */
  onRevoked(listener: (sid: string) => void): () => void;
}

interface Dependencies {
  url: string;
  issuer: string;
  algorithms: readonly string[];
  keys: Keys;
  fetch: Fetch;
  onError(error: unknown): void;
}

/** Seconds for which the service may keep a request without a change. */
const WAIT = 10;
/** Milliseconds. */
const TIMEOUT = (WAIT + 5) * 1_000;
/** Bytes. The service's documents are smaller than 1 MiB. */
const LARGEST = 2 * 2 ** 20;
/** Sessions in a document from which on the next request asks only for later ones. */
const LONG = 200;
/** Milliseconds between requests: replicas that do not agree yet, or a service that lets no more clients wait. */
const PAUSE_AFTER = { change: 100, nothing: 1_000 };
/** Milliseconds. */
const [FIRST_RETRY, LAST_RETRY] = [250, 5_000];
/** Milliseconds to wait for the first list. */
const FIRST_LIST = 5_000;
/** Milliseconds for which an entry is kept after its tokens have expired. */
const KEPT = 60_000;

export function createFeed({ url, issuer, algorithms, keys, fetch, onError }: Dependencies): RevocationFeed {
  /** Session ID → when the entry can be removed, in milliseconds since 1970. */
  const ended = new Map<string, number>();
  const listeners = new Set<(sid: string) => void>();
  const closing = new AbortController();
  let since = '0';
  let tag: string | undefined;
  let latest = 0;
  let heardAt = Number.NEGATIVE_INFINITY;
  let started: Promise<void> | undefined;
  let onFirst = () => {};

  function add(sid: string, exp: number): void {
    const known = ended.get(sid);
    ended.set(sid, Math.max(known ?? 0, exp * 1_000 + KEPT));
    if (known !== undefined) return;
    for (const listener of listeners) {
      try {
        listener(sid);
      } catch (error) {
        onError(error);
      }
    }
  }

  /** A 304 is not signed. A cache in front of a service that is down would confirm an old document forever. */
  function confirm(): void {
    if (Date.now() / 1_000 <= latest + EXPIRY_LEEWAY) return;
    tag = undefined;
    throw new Error(`${url} confirms a document that has expired`);
  }

  /** One request. Returns the milliseconds to pause. */
  async function poll(): Promise<number> {
    const startedAt = performance.now();
    const response = await loadText(fetch, `${url}?since=${since}&wait=${WAIT}`, {
      headers: tag === undefined ? {} : { 'if-none-match': tag },
      timeout: TIMEOUT,
      largest: LARGEST,
      signal: closing.signal,
    });
    if (response.status === 304 && tag !== undefined) {
      confirm();
      heardAt = performance.now();
      return startedAt + PAUSE_AFTER.nothing - heardAt;
    }
    if (response.status !== 200) throw new Error(`${url} responded ${response.status}`);
    const document = await openDocument(response.text, { issuer, algorithms, since, keys });
    for (const { sid, exp } of document.sessions) add(sid, exp);
    // Revocations only ever add up, so an old document does no harm, but it must not count as news.
    if (document.exp < latest) throw new Error('the revocation feed is older than one that was received before');
    latest = document.exp;
    const isAdvancing = document.next !== since && (document.more || document.sessions.length > LONG);
    tag = isAdvancing ? undefined : response.tag;
    if (isAdvancing) since = document.next;
    if (document.more) return 0;
    heardAt = performance.now();
    onFirst();
    return startedAt + PAUSE_AFTER.change - heardAt;
  }

  function sweep(): void {
    const now = Date.now();
    for (const [sid, until] of ended) if (until <= now) ended.delete(sid);
  }

  async function run(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      let pause: number;
      try {
        pause = await poll();
        failures = 0;
      } catch (error) {
        if (closing.signal.aborted) return;
        onError(error);
        pause = Math.min(FIRST_RETRY * 2 ** failures, LAST_RETRY) * (0.75 + Math.random() / 2);
        failures += 1;
      }
      sweep();
      await sleep(pause, closing.signal);
    }
  }

  function start(): Promise<void> {
    started ??= new Promise((resolve) => {
      onFirst = resolve;
      setTimeout(resolve, FIRST_LIST).unref();
      void run();
    });
    return started;
  }

  return {
    start: () => void start(),
    close: () => closing.abort(),
    isRevoked: (sid) => ended.has(sid),
    age: () => performance.now() - heardAt,
    ready: start,
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, milliseconds));
    timer.unref();
    signal.addEventListener('abort', end);
  });
}
