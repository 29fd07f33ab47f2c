/** What the service needs of a request. Nothing else is forwarded: no other cookie, no hop-by-hop header, no Forwarded. */
const FORWARDED = [
  'accept',
  'accept-language',
  'authorization',
  'content-type',
  'origin',
  'user-agent',
  'x-request-id',
];
/** What the browser needs of a response. */
const RETURNED = ['content-type', 'retry-after', 'x-request-id'];
/** Bytes, as in the service. */
const LARGEST = 64 * 1024;
/** Milliseconds. */
const TIMEOUT = 20_000;

/**
 * Passes a request on to the service's API, and its response back.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ origin: string, service: string }} places where this app is, as browsers write it; and the service
 */
export async function passOn(request, response, { origin, service }) {
  const { method, headers } = request;
  if (method !== 'POST') return refuse(response, 405, 'Send POST.', { allow: 'POST' });
  // Every browser sends the origin of a POST. No page of another site may use the user's cookie.
  if (headers.origin !== origin) return refuse(response, 403, 'Wrong origin.');
  // Forms cannot send JSON, and pages of other origins cannot without asking first.
  if (!/^application\/json *(;|$)/i.test(headers['content-type'] ?? ''))
    return refuse(response, 415, 'Send application/json.');
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413, 'The request is too large.', { connection: 'close' });

  try {
    const answer = await fetch(`${service}/graphql`, {
      method: 'POST',
      headers: forwardedHeaders(request, origin),
      body,
      // The service never redirects. Following one would send the tokens to another place.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const text = await answer.text();
    for (const name of RETURNED) if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name));
    // Cookies must not be joined with commas: their dates contain some.
    response.writeHead(answer.status, { 'set-cookie': answer.headers.getSetCookie() }).end(text);
  } catch (error) {
    process.stderr.write(`the service cannot be reached: ${error}\n`);
    refuse(response, 503, 'Please try again in a moment.', { 'retry-after': '5' });
  }
}

function forwardedHeaders({ headers, socket }, origin) {
  const forwarded = FORWARDED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  const cookie = refreshCookie(headers.cookie, origin);
  // As every proxy does. The service reads the list from the right, for as long as the addresses are in its
  // TRUSTED_PROXIES, so it never reaches what a browser has written.
  const hops = [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', ');
  return { ...Object.fromEntries(forwarded), ...(cookie && { cookie }), 'x-forwarded-for': hops };
}

/** The cookie of the service. None if there are several: with plain http, another host of the domain may have set one. */
function refreshCookie(header = '', origin) {
  const name = origin.startsWith('https:') ? '__Host-refresh' : 'refresh';
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? found[0] : undefined;
}

/** Undefined if there are more bytes than allowed. Then the rest is not kept. */
const readBody = (request) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    request.on('data', (chunk) => {
      size += chunk.length;
      if (size <= LARGEST) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => reject(new Error('the browser has closed the connection')));
  });

/** As the service writes errors, so that @latchkey/client understands it. */
function refuse(response, status, message, headers = {}) {
  const code = { 403: 'FORBIDDEN', 503: 'SERVICE_UNAVAILABLE' }[status] ?? 'BAD_REQUEST';
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
