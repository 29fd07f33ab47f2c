import { SECOND } from '../../core/clock.ts';
import { sendRequest } from './send-request.ts';
import type { Web, WebBounds, WebRequest, WebResponse } from './web.ts';

/** Bytes. The largest documents are key sets with certificates, about 30 kB. */
const MAX_RESPONSE = 256 * 1024;
const DEADLINE = 5 * SECOND;
const MAX_CONCURRENT = 64;

/** Sends all requests to social providers. */
export function boundedWeb({ allowedUrls, deadline = DEADLINE, maxConcurrent = MAX_CONCURRENT }: WebBounds): Web {
  const origins = new Set(allowedUrls.map((url) => new URL(url).origin));
  let pending = 0;

  async function fetchJson({ url: text, headers, form }: WebRequest): Promise<WebResponse> {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !origins.has(url.origin)) return { kind: 'failed', error: 'the origin is not allowed' };
    const response = await sendRequest({
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
    if (response.kind !== 'response') return { kind: 'failed', error: response.error };
    try {
      return { kind: 'response', status: response.status, body: JSON.parse(response.body) };
    } catch {
      return { kind: 'failed', error: `HTTP ${response.status} without JSON` };
    }
  }

  return {
    async send(request) {
      if (pending >= maxConcurrent)
        return { kind: 'failed', error: `${maxConcurrent} requests are already waiting for a response` };
      pending += 1;
      try {
        return await fetchJson(request);
      } catch {
        return { kind: 'failed', error: 'the request cannot be sent' }; // Invalid characters in a header.
      } finally {
        pending -= 1;
      }
    },
    allow(url) {
      origins.add(new URL(url).origin);
    },
  };
}
