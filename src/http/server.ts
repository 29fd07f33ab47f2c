import cors, { type FastifyCorsOptions, type FastifyCorsOptionsDelegate } from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.ts';
import { SECOND } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { RevocationFeed } from '../features/sessions/revocation-feed.service.ts';
import { logRequests } from './access-log.ts';
import { readClientAddresses } from './client-address.ts';
import { refuseConnection } from './connection-errors.ts';
import type { ContextDependencies } from './context.ts';
import { serveDiscovery } from './discovery.ts';
import type { Drain } from './drain.ts';
import { createErrorHandler, sendProblem } from './errors.ts';
import { createExecution } from './execution.ts';
import { createGraphiqlPage, serveGraphiqlFiles } from './graphiql.ts';
import { scheduleGraphql, serveGraphql } from './graphql.ts';
import { baseHeaders, chooseRequestId } from './headers.ts';
import { type Readiness, serveHealth } from './health.ts';
import { acceptJsonOnly, BODY_LIMIT } from './json-body.ts';
import { createOrigins, type OriginAccess, type Origins } from './origins.ts';
import { createRefreshCookie } from './refresh-cookie.ts';
import { createRefusedOriginLine } from './refused-origins.ts';
import { checkRequests } from './request-check.ts';
import { type ObserveRequest, observeRequests } from './request-observer.ts';
import { serveRevocations } from './revocations.ts';
import { serveSchema } from './schema-file.ts';
import { type TraceOptions, traceRequests } from './traces.ts';
import { type PublicKeys, serveWellKnown } from './well-known.ts';

/** Milliseconds. */
export const TIMEOUTS = {
  /** Until the headers have arrived, from the connection or the previous response. */
  headers: 5 * SECOND,
  /** Until the body has arrived. */
  request: 10 * SECOND,
  /** Without a byte in either direction during a request. */
  silence: 30 * SECOND,
  /** Between two requests. Longer than a load balancer's usual 60 s, so that it closes idle connections first. */
  keepAlive: 65 * SECOND,
  /** Between checks for expired connections. */
  check: 1 * SECOND,
};

/** Seconds for which browsers may cache a preflight response. */
const PREFLIGHT_MAX_AGE = 600;

export interface ServerDependencies extends Omit<ContextDependencies, 'refreshCookie'> {
  config: Pick<Config, 'production' | 'http' | 'passkeys'>;
  schema: GraphQLSchema;
  log: Log;
  drain: Drain;
  health(): Promise<Readiness>;
  jwks(): Promise<PublicKeys>;
  /** Names of claims that access tokens can have. */
  claims: readonly string[];
  revocationFeed: RevocationFeed;
  /** FEDERATION_PREFIX: the prefix of types and operations in the schema. */
  namePrefix?: string;
  /** Additional routes with their own content types and policies. */
  pages?: readonly FastifyPluginAsync[];
  /** Undefined: nothing is traced. */
  traceRequests?: TraceOptions | undefined;
  /** Called after each response. Undefined: nothing is measured. */
  observeRequest?: ObserveRequest | undefined;
  timeouts?: typeof TIMEOUTS;
}

/** Builds the HTTP server. It does not listen yet. */
export async function createServer(dependencies: ServerDependencies): Promise<FastifyInstance> {
  const { config, schema, log, drain, observeRequest } = dependencies;
  const app = createFastify(dependencies);
  drain.watch(app.server);
  readClientAddresses(app, config.http.trustedProxies);
  acceptJsonOnly(app);
  app.setErrorHandler(createErrorHandler(log));
  if (dependencies.traceRequests) traceRequests(app, dependencies.traceRequests);
  scheduleGraphql(app);
  addHeaders(app, config.http, drain);
  logRequests(app, log);
  if (observeRequest) observeRequests(app, observeRequest);
  checkRequests(app, config);
  const origins = createOrigins(config.http);
  // Before the not-found handler, so that browsers can read a 404, too.
  await app.register(cors, { delegator: corsFor(origins, config.production ? undefined : log) });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 404));

  const context = {
    authenticate: dependencies.authenticate,
    introspect: dependencies.introspect,
    authorise: dependencies.authorise,
    refuseImpersonation: dependencies.refuseImpersonation,
    requireRecentSignIn: dependencies.requireRecentSignIn,
    explain: dependencies.explain,
    refreshCookie: createRefreshCookie(config.http, origins),
  };
  const landing = config.http.graphiql ? createGraphiqlPage(dependencies.namePrefix ?? '') : undefined;
  await serveGraphql(app, { ...createExecution({ config, schema, log }), context, landing });
  if (config.http.graphiql) serveGraphiqlFiles(app);
  if (config.http.introspection) serveSchema(app, schema);
  serveHealth(app, dependencies);
  serveWellKnown(app, dependencies);
  serveDiscovery(app, { issuer: config.http.publicUrl, claims: dependencies.claims, jwks: dependencies.jwks });
  serveRevocations(app, { feed: dependencies.revocationFeed, drain });
  for (const page of dependencies.pages ?? []) await app.register(page);
  return app;
}

const CORS = {
  methods: ['GET', 'POST'],
  exposedHeaders: ['x-request-id', 'retry-after'],
  maxAge: PREFLIGHT_MAX_AGE,
  strictPreflight: false,
};
/** What each kind of origin gets. `origin: true` is the request's own. */
const CORS_BY_ACCESS: Record<NonNullable<OriginAccess> | 'none', FastifyCorsOptions> = {
  credentials: { ...CORS, origin: true, credentials: true },
  public: { ...CORS, origin: true },
  none: { ...CORS, origin: [] },
};
/** Most requests are from apps and servers, and get only `Vary: Origin`. */
const NO_CORS: FastifyCorsOptions = { origin: false };

/** @param log for refused origins */
function corsFor(origins: Origins, log: Log | undefined): FastifyCorsOptionsDelegate {
  const logRefused = log ? createRefusedOriginLine(log) : () => {};
  return ({ method, headers: { origin } }, done) => {
    if (origin === undefined) return done(null, method === 'OPTIONS' ? CORS_BY_ACCESS.none : NO_CORS);
    const access = origins.findAccess(origin);
    if (access === undefined) logRefused(origin);
    done(null, CORS_BY_ACCESS[access ?? 'none']);
  };
}

/** Replaces Fastify's schema compilers, whose hundred files slow down startup: no route has a JSON schema. */
const rejectSchemas = () => () => {
  throw new Error('routes with a JSON schema are not supported');
};

function createFastify({ config, timeouts = TIMEOUTS }: ServerDependencies): FastifyInstance {
  const headers = baseHeaders(config.http);
  return Fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: chooseRequestId,
    requestTimeout: timeouts.request,
    connectionTimeout: timeouts.silence,
    keepAliveTimeout: timeouts.keepAlive,
    http: {
      headersTimeout: timeouts.headers,
      connectionsCheckingInterval: timeouts.check,
      // checkRequests does it, and responds with our headers.
      requireHostHeader: false,
    },
    exposeHeadRoutes: false,
    schemaController: { compilersFactory: { buildValidator: rejectSchemas, buildSerializer: rejectSchemas } },
    // While draining, the server still serves the requests it gets.
    return503OnClosing: false,
    frameworkErrors: (_error, request, reply) => {
      reply.headers({ ...headers, 'x-request-id': request.id });
      sendProblem(reply, 400);
    },
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, headers),
  });
}

/** Added first, so that rejected requests get the headers, too. */
function addHeaders(app: FastifyInstance, http: Config['http'], drain: Drain): void {
  const headers = Object.entries(baseHeaders(http));
  app.addHook('onRequest', (request, reply, done) => {
    for (const [name, value] of headers) reply.header(name, value);
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (drain.begun) reply.header('connection', 'close');
    done();
  });
}
