import { SECOND } from '../../core/clock.ts';
import { ask } from './ask.ts';
import type { Web, WebAnswer, WebBounds, WebQuestion } from './web.ts';

/** Bytes. The largest documents that are asked for, key sets with certificates, have some 30 kB. */
const LARGEST_ANSWER = 256 * 1024;
const DEADLINE = 5 * SECOND;
const PLACES = 64;

/** The one way out of this service to the servers of providers. */
export function boundedWeb({ reaches, deadline = DEADLINE, places = PLACES }: WebBounds): Web {
  const origins = new Set(reaches.map((url) => new URL(url).origin));
  let asking = 0;

  async function fetchJson({ url: text, headers, form }: WebQuestion): Promise<WebAnswer> {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !origins.has(url.origin)) return { kind: 'failed', error: 'the address is not one that may be asked' };
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
      largest: LARGEST_ANSWER,
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
      if (asking >= places) return { kind: 'failed', error: `${places} questions wait for an answer already` };
      asking += 1;
      try {
        return await fetchJson(question);
      } catch {
        return { kind: 'failed', error: 'the question cannot be sent' }; // Characters that no header may have.
      } finally {
        asking -= 1;
      }
    },
    reach(url) {
      origins.add(new URL(url).origin);
    },
  };
}
