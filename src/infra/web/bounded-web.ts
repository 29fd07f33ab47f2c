import { SECOND } from '../../core/clock.ts';
import { ask } from './ask.ts';
import type { Web, WebAnswer, WebBounds, WebQuestion } from './web.ts';

/** Bytes. The largest documents, key sets with certificates, have about 30 kB. */
const MAX_RESPONSE = 256 * 1024;
const DEADLINE = 5 * SECOND;
const PLACES = 64;

/** All requests to social providers go through this. */
export function boundedWeb({ reaches, deadline = DEADLINE, places = PLACES }: WebBounds): Web {
  const origins = new Set(reaches.map((url) => new URL(url).origin));
  let pending = 0;

  async function fetchJson({ url: text, headers, form }: WebQuestion): Promise<WebAnswer> {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !origins.has(url.origin)) return { kind: 'failed', error: 'the origin is not allowed' };
    const answer = await ask({
      method: form ? 'POST' : 'GET',
      url,
      headers: {
        accept: 'application/json',
        'user-agent': 'latchkey',
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      body: form && new URLSearchParams(form).toString(),
      deadline,
      largest: MAX_RESPONSE,
    });
    if (answer.kind !== 'answered') return { kind: 'failed', error: answer.error };
    try {
      return { kind: 'answered', status: answer.status, body: JSON.parse(answer.body) };
    } catch {
      return { kind: 'failed', error: `HTTP ${answer.status} without JSON` };
    }
  }

  return {
    async ask(question) {
      if (pending >= places) return { kind: 'failed', error: `${places} requests are already waiting for a response` };
      pending += 1;
      try {
        return await fetchJson(question);
      } catch {
        return { kind: 'failed', error: 'the request cannot be sent' }; // Invalid characters in a header.
      } finally {
        pending -= 1;
      }
    },
    reach(url) {
      origins.add(new URL(url).origin);
    },
  };
}
