import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** What the provider does with the next requests to `faultyPath`. */
export type Fault =
  | 'none'
  | 'responds with 500'
  /** HTML, like a load balancer. */
  | 'responds with garbage'
  | 'never responds'
  | 'sends 100 MB'
  /** 302 to `elsewhere`. */
  | 'redirects';

const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20);

/** Responds with the fault. */
export async function misbehave(
  { fault, elsewhere }: { fault: Fault; elsewhere: string },
  response: ServerResponse,
): Promise<void> {
  switch (fault) {
    case 'responds with 500':
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"server_error"}');
      return;
    case 'responds with garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>maintenance</html>');
      return;
    case 'sends 100 MB':
      response.writeHead(200, { 'content-type': 'application/json' });
      for (let sent = 0; sent < 100 && !response.destroyed; sent++) {
        if (!response.write(MEGABYTE)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
      return;
    case 'redirects':
      response.writeHead(302, { location: elsewhere }).end();
      return;
    default: // Never responds.
  }
}

/** Changes the JSON of the response, whatever framework sends it. */
export function rewrite(
  response: ServerResponse,
  change: (body: Record<string, unknown>) => Promise<Record<string, unknown>>,
): void {
  const end = response.end.bind(response);
  const later = async (chunk: unknown) => {
    const text = JSON.stringify(await change(JSON.parse(String(chunk))));
    response.setHeader('content-length', Buffer.byteLength(text));
    end(text);
  };
  // The only overload of `end` used for JSON.
  response.end = ((chunk: unknown) => {
    void later(chunk);
    return response;
  }) as typeof response.end;
}
