import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Clock, numericDate, SECOND } from '../../core/clock.ts';
import type { Keys } from '../keys/keys.service.ts';
import { OVERLAP } from './revocation-copy.ts';
import { countBefore, cursorAfter, type RevocationCursor, START } from './revocation-cursor.ts';
import type { Revocation } from './revocation-list.repo.ts';
import { PERIOD, type RevocationList, type RevocationSnapshot } from './revocation-list.ts';

/** A signed list of revoked sessions. */
export interface FeedDocument {
  /** Compact JWS, type revocations+jwt. */
  token: string;
  /** The same for documents that say the same, on every replica. Changes at least every 20 seconds. */
  tag: string;
}

/** TOO_LARGE: the whole list does not fit into a document. BUSY: the network asked for too many different documents. */
export type FeedResult = FeedDocument | 'TOO_LARGE' | 'BUSY';

export interface FeedRequest {
  /** The place in the list where the document begins. Undefined: the document has the whole list. */
  since: RevocationCursor | undefined;
  /** The network of the client, for its rate limit. */
  network: string;
}

/** What other services need to know about ended sessions: decision 19. */
export interface RevocationFeed {
  /** At most a second old. Throws if the list cannot be read. */
  read(request: FeedRequest): Promise<FeedResult>;
  /** Like `read`, once the document has another tag than this one, or at the signal. */
  readChanged(request: FeedRequest, tag: string, end: AbortSignal): Promise<FeedResult>;
}

interface Dependencies {
  list: RevocationList;
  keys: Pick<Keys, 'sign'>;
  clock: Clock;
  issuer: string;
}

/** Sessions in a document: 64 bytes each, and a third more in base64url. A full document has 860 KB. */
export const MOST_SESSIONS = 10_000;
/** Seconds for which a document is valid after the period in which it was made. Longer than a poll and a failed one. */
const VALID_AFTER = 40;
/** Documents in memory: at most 17 MB. */
const CACHED = 20;
/** Documents with a cursor that one network may cause in a second. All other requests share documents. */
const MADE_PER_SECOND = 20;

export function createRevocationFeed({ list, keys, clock, issuer }: Dependencies): RevocationFeed {
  const documents = new LRUCache<string, Promise<FeedDocument>>({ max: CACHED });
  const made = new LRUCache<string, number>({ max: 10_000, ttl: SECOND, noUpdateTTL: true });

  async function sign(snapshot: RevocationSnapshot, since: RevocationCursor | undefined): Promise<FeedDocument> {
    const { period, revocations } = snapshot;
    const first = since ? countBefore(revocations, since) : 0;
    const page = revocations.slice(first, first + MOST_SESSIONS);
    const more = first + page.length < revocations.length;
    const content = {
      sessions: page.map(({ sessionId, expiresAt }) => ({
        sid: sessionId,
        exp: Math.ceil(expiresAt.getTime() / SECOND),
      })),
      ...(since && { since: since.text, next: nextCursor(since, page, more), more }),
    };
    const exp = period + PERIOD + VALID_AFTER;
    const tag = createHash('sha256')
      .update(JSON.stringify([exp, content]))
      .digest('base64url')
      .slice(0, 22);
    const iat = numericDate(clock.now());
    // Many gateways look neither at the type nor for a missing audience: without one, this public document would be a token.
    const aud = `${issuer}/.well-known/revocations`;
    return { token: await keys.sign({ iss: issuer, aud, iat, exp, ...content }, 'revocations+jwt'), tag };
  }

  async function read({ since, network }: FeedRequest): Promise<FeedResult> {
    const snapshot = await list.read();
    if (!since && snapshot.revocations.length > MOST_SESSIONS) return 'TOO_LARGE';
    const key = `${snapshot.version} ${since?.text ?? ''}`;
    const found = documents.get(key);
    if (found) return found;
    if (since && since.text !== START.text) {
      const count = (made.get(network) ?? 0) + 1;
      if (count > MADE_PER_SECOND) return 'BUSY';
      made.set(network, count);
    }
    const document = sign(snapshot, since);
    documents.set(key, document);
    document.catch(() => documents.delete(key));
    return document;
  }

  return {
    read,
    async readChanged(request, tag, end) {
      const change = createChange(list, end);
      try {
        // Read after watching has begun, so that no change is missed.
        for (let isOver = false; ; isOver = !(await change.next())) {
          const document = await read(request);
          if (isOver || typeof document === 'string' || document.tag !== tag) return document;
        }
      } finally {
        change.stop();
      }
    },
  };
}

/** Where a client continues: exactly after a full page, else a little earlier, because rows become visible late. */
function nextCursor(since: RevocationCursor, page: readonly Revocation[], more: boolean): string {
  const last = page.at(-1);
  if (!last) return since.text;
  if (more) return cursorAfter(last);
  const at = Math.floor((last.revokedAt.getTime() - OVERLAP) / SECOND) * SECOND;
  return at > since.at ? String(at) : since.text;
}

/** Waits for changes of the list, one after the other. */
function createChange(list: RevocationList, signal: AbortSignal) {
  let wake = () => {};
  let isChanged = false;
  let failure: { error: unknown } | undefined;
  const stop = list.watch((error) => {
    isChanged = true;
    if (error !== undefined) failure = { error };
    wake();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  return {
    stop,
    /** True for a change, false at the signal. Throws if the list cannot be read. */
    async next(): Promise<boolean> {
      if (!isChanged && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (failure) throw failure.error;
      const changed = isChanged;
      isChanged = false;
      return changed;
    },
  };
}
