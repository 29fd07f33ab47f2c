import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.ts';
import { SECOND } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { logRequests } from './access-log.ts';
import { createApollo } from './apollo.ts';
import { refuseConnection } from './connection-errors.ts';
import type { ContextParts } from './context.ts';
import type { Drain } from './drain.ts';
import { createErrorHandler, sendProblem } from './errors.ts';
import { graphiqlPage, serveGraphiqlFiles } from './graphiql.ts';
import { serveGraphql } from './graphql.ts';
import { requestIdOf, standingHeaders } from './headers.ts';
import { type Readiness, serveHealth } from './health.ts';
import { acceptJsonOnly, BODY_LIMIT } from './json-body.ts';
import { createRefreshCookie } from './refresh-cookie.ts';
import { type PublicKeys, serveWellKnown } from './well-known.ts';

/** Milliseconds. How long a connection may be slow, at each of its stages. */
export const TIMEOUTS = {
  /** From the connection, or from the end of the response before, until the headers are there. */
  headers: 5 * SECOND,
  /** The same until the body is there. */
  request: 10 * SECOND,
  /** Without a byte in either direction while a request is served. */
  silence: 30 * SECOND,
  /** Between two requests; longer than balancers keep theirs (60 s), so that it is they who close. */
  keepAlive: 65 * SECOND,
  /** Between two looks for connections over their time. */
  check: 1 * SECOND,
};

/** Seconds for which a browser remembers a preflight. */
const PREFLIGHT_CACHED = 600;

export interface ServerParts extends Omit<ContextParts, 'refreshCookie'> {
  config: Pick<Config, 'production' | 'http'>;
  schema: GraphQLSchema;
  log: Log;
  drain: Drain;
  health(): Promise<Readiness>;
  jwks(): Promise<PublicKeys>;
  /** Further routes, each with content types and policies of its own. */
  pages?: readonly FastifyPluginAsync[];
  timeouts?: typeof TIMEOUTS;
}

/** The whole HTTP surface, not yet listening. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { config, log, drain } = parts;
  const app = createFastify(parts);
  drain.watch(app.server);
  acceptJsonOnly(app);
  app.setErrorHandler(createErrorHandler(log));
  stampResponses(app, config.http, drain);
  logRequests(app, log);
  // Before the not-found handler, so that browsers may read a 404, too.
  await app.register(cors, {
    origin: [...config.http.allowedOrigins],
    credentials: true,
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: PREFLIGHT_CACHED,
    strictPreflight: false,
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 404));

  const context = {
    authenticate: parts.authenticate,
    authorise: parts.authorise,
    explain: parts.explain,
    refreshCookie: createRefreshCookie(config.http),
  };
  const landing = config.http.graphiql ? graphiqlPage : undefined;
  await serveGraphql(app, { apollo: createApollo(parts), context, landing });
  if (config.http.graphiql) serveGraphiqlFiles(app);
  serveHealth(app, parts);
  serveWellKnown(app, parts);
  for (const page of parts.pages ?? []) await app.register(page);
  return app;
}

/** No route has a JSON schema, GraphQL has its own; and loading what compiles them takes a hundred files at each start. */
const noSchemas = () => () => {
  throw new Error('a route has a JSON schema, and nothing compiles it');
};

function createFastify({ config, timeouts = TIMEOUTS }: ServerParts): FastifyInstance {
  const { trustedProxies } = config.http;
  const standing = standingHeaders(config.http);
  return Fastify({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: BODY_LIMIT,
    genReqId: requestIdOf,
    requestTimeout: timeouts.request,
    connectionTimeout: timeouts.silence,
    keepAliveTimeout: timeouts.keepAlive,
    http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: timeouts.check },
    exposeHeadRoutes: false,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // While it drains, the server still answers what reaches it.
    return503OnClosing: false,
    frameworkErrors: (_error, request, reply) => {
      reply.headers({ ...standing, 'x-request-id': request.id });
      sendProblem(reply, 400);
    },
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, standing),
  });
}

/** Before everything else, so that refusals carry the headers, too. */
function stampResponses(app: FastifyInstance, http: Config['http'], drain: Drain): void {
  const standing = Object.entries(standingHeaders(http));
  app.addHook('onRequest', (request, reply, done) => {
    for (const [name, value] of standing) reply.header(name, value);
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (drain.begun) reply.header('connection', 'close');
    done();
  });
}
