/** The part of the standard `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface Options {
  /** Milliseconds. */
  timeout: number;
  /** Bytes. */
  largest: number;
  headers?: Record<string, string>;
  /** Aborts the request, with its reason. */
  signal?: AbortSignal;
}

/** Requests a text, limited in time and size, without following redirects. */
export async function loadText(
  fetch: Fetch,
  url: string,
  { timeout, largest, headers = {}, signal }: Options,
): Promise<{ status: number; text: string; tag: string | undefined }> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new Error(`${url} did not respond in time`)), timeout);
  timer.unref();
  const abort = () => end.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    const response = await fetch(url, { headers, redirect: 'error', signal: end.signal });
    const text = await readLimited(response, largest);
    return { status: response.status, text, tag: response.headers.get('etag') ?? undefined };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

async function readLimited({ body, url }: Response, largest: number): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largest) throw new Error(`${url} sends more than ${largest} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}
