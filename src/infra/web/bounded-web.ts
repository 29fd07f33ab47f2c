import { SECOND } from '../../core/clock.ts';
import { createPublicLookup } from './public-lookup.ts';
import { type HttpRequest, sendRequest } from './send-request.ts';
import type { Web, WebBounds, WebMessage, WebReceipt, WebRequest, WebResponse } from './web.ts';

/** Bytes. The largest documents are key sets with certificates, about 30 kB. */
const MAX_RESPONSE = 256 * 1024;
const DEADLINE = 5 * SECOND;
const MAX_CONCURRENT = 64;

/** Sends all requests to social providers and all webhooks. */
export function boundedWeb({
  allowedUrls,
  deadline = DEADLINE,
  maxConcurrent = MAX_CONCURRENT,
  publicExcept,
}: WebBounds): Web {
  const origins = new Set(allowedUrls.map((url) => new URL(url).origin));
  const publicLookup = publicExcept && createPublicLookup(publicExcept);
  let pending = 0;

  async function request(text: string, options: Omit<HttpRequest, 'url' | 'deadline' | 'lookup'>) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !origins.has(url.origin)) return { kind: 'failed', error: 'the origin is not allowed' } as const;
    publicLookup?.check(url.hostname);
    const response = await sendRequest({ ...options, url, deadline, lookup: publicLookup?.lookup });
    return response.kind === 'response' ? response : ({ kind: 'failed', error: response.error } as const);
  }

  async function fetchJson({ url, headers, form }: WebRequest): Promise<WebResponse> {
    const response = await request(url, {
      method: form ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        'user-agent': 'latchkey',
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      body: form && new URLSearchParams(form).toString(),
      largest: MAX_RESPONSE,
    });
    if (response.kind !== 'response') return response;
    try {
      return { kind: 'response', status: response.status, body: JSON.parse(response.body) };
    } catch {
      return { kind: 'failed', error: `HTTP ${response.status} without JSON` };
    }
  }

  async function postJson({ url, headers, body }: WebMessage): Promise<WebReceipt> {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'latchkey', ...headers },
      body,
      onlyStatus: true,
    });
    if (response.kind !== 'response') return response;
    return { kind: 'response', status: response.status, retryAfter: response.retryAfter };
  }

  async function limited<R>(work: () => Promise<R>): Promise<R | { kind: 'failed'; error: string }> {
    if (pending >= maxConcurrent)
      return { kind: 'failed', error: `${maxConcurrent} requests are already waiting for a response` };
    pending += 1;
    try {
      return await work();
    } catch (error) {
      // PrivateAddress, or invalid characters in a header.
      const isExplained = error instanceof Error && error.name === 'PrivateAddress';
      return { kind: 'failed', error: isExplained ? error.message : 'the request cannot be sent' };
    } finally {
      pending -= 1;
    }
  }

  return {
    send: (request) => limited(() => fetchJson(request)),
    post: (message) => limited(() => postJson(message)),
    allow(url) {
      origins.add(new URL(url).origin);
    },
  };
}
