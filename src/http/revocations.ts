import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { SECOND } from '../core/clock.ts';
import { widestNetwork } from '../core/networks.ts';
import { parseCursor, type RevocationCursor } from '../features/sessions/revocation-cursor.ts';
import type { FeedDocument, RevocationFeed } from '../features/sessions/revocation-feed.service.ts';
import type { Drain } from './drain.ts';
import { sendProblem } from './errors.ts';
import { cacheable } from './headers.ts';
import { createPlaces, type Places } from './places.ts';

export const REVOCATIONS_PATH = '/.well-known/revocations';

const MAX_AGE_SECONDS = 1;
/** Below the time after which a silent connection is closed. */
const LONGEST_WAIT_SECONDS = 25;
/** Requests that wait at the same time. Further ones get a response at once. */
const WAITING = { total: 2_000, perNetwork: 200 };

interface Dependencies {
  feed: RevocationFeed;
  drain: Drain;
  places?: Places;
}

interface Wanted {
  since: RevocationCursor | undefined;
  /** Milliseconds. */
  wait: number;
}

/** The revocation feed: docs/decisions/0019-the-revocation-feed.md. */
export function serveRevocations(
  app: FastifyInstance,
  { feed, drain, places = createPlaces(WAITING) }: Dependencies,
): void {
  const waits = createWaits(drain);
  app.get(REVOCATIONS_PATH, { exposeHeadRoute: true }, async (request, reply) => {
    const wanted = readQuery(request.query);
    if (!wanted) return sendProblem(reply, 400);
    const network = widestNetwork(request.clientAddress);
    const isKnown = createTagList(request.headers['if-none-match']);
    const asked = { since: wanted.since, network };

    let document = await feed.read(asked);
    const mayWait = wanted.wait > 0 && request.method === 'GET' && !drain.begun;
    const leave = mayWait && typeof document !== 'string' && isKnown(document) ? places.take(network) : undefined;
    if (leave && typeof document !== 'string') {
      const wait = waits.begin(wanted.wait, reply.raw);
      document = await feed.readChanged(asked, document.tag, wait.signal).finally(() => {
        wait.end();
        leave();
      });
    }
    if (typeof document === 'string') return sendProblem(reply, 503);
    cacheable(reply, MAX_AGE_SECONDS).header('etag', `W/"${document.tag}"`);
    if (isKnown(document)) return reply.code(304).send();
    return reply.type('application/revocations+jwt').send(document.token);
  });
}

/** Waits that end after a time, when the client has gone, or when shutdown begins. */
function createWaits(drain: Drain) {
  const waits = new Set<AbortController>();
  drain.signal.addEventListener('abort', () => {
    for (const wait of waits) wait.abort();
  });
  return {
    /** @param milliseconds until the signal at the latest */
    begin(milliseconds: number, response: ServerResponse) {
      const wait = new AbortController();
      const abort = () => wait.abort();
      const timer = setTimeout(abort, milliseconds);
      response.once('close', abort);
      waits.add(wait);
      return {
        signal: wait.signal,
        end() {
          clearTimeout(timer);
          response.off('close', abort);
          waits.delete(wait);
        },
      };
    },
  };
}

/** Undefined if a parameter is malformed or repeated. Others are ignored, because proxies and clients add some. */
function readQuery(query: unknown): Wanted | undefined {
  const { since, wait = '0' } = query as Record<string, unknown>; // Fastify's: an object of texts and lists.
  if (typeof wait !== 'string' || !/^\d{1,3}$/.test(wait)) return undefined;
  const seconds = Math.min(Number(wait), LONGEST_WAIT_SECONDS);
  if (since === undefined) return { since, wait: seconds * SECOND };
  const cursor = typeof since === 'string' ? parseCursor(since) : undefined;
  return cursor && { since: cursor, wait: seconds * SECOND };
}

/** RFC 9110 section 13.1.2: weak comparison. The documents of two replicas differ in their signatures only. */
function createTagList(header: string | undefined): (document: FeedDocument) => boolean {
  const tags = new Set((header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, '')));
  return ({ tag }) => tags.has('*') || tags.has(`"${tag}"`);
}
