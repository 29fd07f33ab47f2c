import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config.ts';
import { isLocalName } from '../core/hosts.ts';
import { type HttpProblem, sendProblem } from './errors.ts';
import { countHeader } from './headers.ts';

/** Refuses requests by their headers, before anything reads them. Add it before the routes. */
export function checkRequests(app: FastifyInstance, { production, http }: Pick<Config, 'production' | 'http'>): void {
  const isOurs = production ? () => true : createHostList(http.publicUrl);
  // Otherwise Node responds to these itself, without our headers.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));

  const findProblem = ({ raw, headers }: FastifyRequest): HttpProblem | undefined => {
    const host = readHost(raw);
    if (host === undefined) return 400;
    if (host !== '' && !isOurs(host)) return 421;
    if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') return 417;
    return isEncoded(headers['content-encoding']) ? 415 : undefined;
  };

  app.addHook('onRequest', (request, reply, done) => {
    const problem = findProblem(request);
    if (problem === undefined) return done();
    // RFC 9110 section 15.5.16: the encodings that would be accepted.
    if (problem === 415) reply.header('accept-encoding', 'identity');
    sendProblem(reply, problem);
  });
}

/** Host headers whose names are remembered. */
const REMEMBERED = 100;

/** One Host header with a host and perhaps a port: no path, user or query, which a URL could have. */
const HOST = /^[^\s/?#@\\]+$/;

/**
 * The host name of the Host header, without its port; '' for HTTP/1.0 without one. Undefined if it is missing, repeated or
 * malformed (RFC 9112 section 3.2).
 */
function readHost(request: IncomingMessage): string | undefined {
  const { headers, httpVersion } = request;
  const count = countHeader(request, 'host');
  if (count === 0) return httpVersion === '1.0' ? '' : undefined;
  const host = headers.host ?? '';
  return count > 1 ? undefined : parseHost(host);
}

/** Parsing a URL takes longer than the other checks together, and most requests have the same host. */
const hostNames = new LRUCache<string, string>({ max: REMEMBERED });

function parseHost(host: string): string | undefined {
  const known = hostNames.get(host);
  if (known !== undefined) return known;
  if (!HOST.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, '');
  hostNames.set(host, name);
  return name;
}

/**
 * Against DNS rebinding: a website can point its own name at 127.0.0.1, and its pages may then read every response. In
 * production, proxies choose the Host header, and nothing is readable without a credential.
 */
function createHostList(publicUrl: string): (host: string) => boolean {
  const { hostname } = new URL(publicUrl);
  return (host) => host === hostname || isLocalName(host);
}

const isEncoded = (encoding: string | undefined): boolean =>
  encoding !== undefined && encoding.trim().toLowerCase() !== 'identity';
