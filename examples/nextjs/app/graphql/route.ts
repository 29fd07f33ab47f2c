import { accessCookieFor, askService, refreshCookie, returnHeaders } from '../../lib/service';
import { APP_ORIGIN } from '../../lib/settings';

/** Bytes, as in the service. */
const LARGEST = 64 * 1024;

/** The API of the service under the app's own origin, so that its cookie belongs to this host alone. */
export async function POST(request: Request): Promise<Response> {
  // Every browser sends the origin of a POST. No page of another site may use the user's cookie.
  if (request.headers.get('origin') !== APP_ORIGIN) return problem(403, 'FORBIDDEN', 'Wrong origin.');
  // Forms cannot send JSON, and pages of other origins cannot without asking first.
  if (!/^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? ''))
    return problem(415, 'BAD_REQUEST', 'Send application/json.');
  const body = await readText(request, LARGEST);
  if (body === undefined) return problem(413, 'BAD_REQUEST', 'The request is too large.');

  try {
    const response = await askService(request.headers, body, {
      ...pick(request.headers),
      ...refreshCookie(request.headers),
    });
    const text = await response.text();
    const headers = returnHeaders(response);
    if (headers.has('set-cookie')) {
      const access = accessCookieFor(response, JSON.parse(text));
      if (access) headers.append('set-cookie', access);
    }
    return new Response(text, { status: response.status, headers });
  } catch (error) {
    process.stderr.write(`the service cannot be reached: ${error}\n`);
    return problem(503, 'SERVICE_UNAVAILABLE', 'Please try again in a moment.');
  }
}

/** The service checks the origin, too. */
function pick(browser: Headers): Record<string, string> {
  const names = ['accept', 'authorization', 'origin'];
  return Object.fromEntries(names.flatMap((name) => (browser.has(name) ? [[name, browser.get(name) ?? '']] : [])));
}

/** Undefined if there are more bytes. */
async function readText(request: Request, largest: number): Promise<string | undefined> {
  if (Number(request.headers.get('content-length')) > largest) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > largest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** As the service writes errors, so that @latchkey/client understands it. */
const problem = (status: number, code: string, message: string): Response =>
  Response.json({ errors: [{ message, extensions: { code } }] }, { status, headers: { 'cache-control': 'no-store' } });
