import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler, onSendHookHandler } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type ContextDependencies, HttpContext } from './context.ts';
import { sendProblem, statusHeaders } from './errors.ts';
import type { Execution } from './execution.ts';
import { hasUnstorableVariables, queryString } from './json-body.ts';
import { createRequestScheduler } from './request-scheduler.ts';

/** How many requests start in one turn of the event loop. Each takes about half a millisecond of CPU time. */
const REQUESTS_PER_TURN = 4;

/** Characters of remembered Accept headers. */
const MAX_ACCEPTS_LENGTH = 16 * 1024;

export const GRAPHQL_PATH = '/graphql';

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the GraphQL operation, or else its first field. */
    operation: string | undefined;
    /** The HTTP status if the response has no data and is application/graphql-response+json. */
    statusWithoutData: number | undefined;
  }
}

/** Runs before GraphQL. Returns true if it has sent a response. */
type LandingPage = (request: FastifyRequest, reply: FastifyReply) => boolean;

interface Dependencies extends Execution {
  context: ContextDependencies;
  /** Serves GraphiQL to browsers that open the URL. */
  landing: LandingPage | undefined;
}

/** `/graphql`: POST, and GET for queries. */
export async function serveGraphql(
  app: FastifyInstance,
  { apollo, runKnown, context: dependencies, landing }: Dependencies,
): Promise<void> {
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  app.decorateRequest('operation', undefined);
  app.decorateRequest('rootField', undefined);
  app.decorateRequest('statusWithoutData', undefined);

  /** The content type that Apollo Server has chosen for an Accept header. */
  const contentTypes = new LRUCache<string, string>({
    maxSize: MAX_ACCEPTS_LENGTH,
    sizeCalculation: (_type, accept) => Math.max(1, accept.length),
  });

  async function runUnknown(request: FastifyRequest, reply: FastifyReply, context: HttpContext): Promise<FastifyReply> {
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: readRequest(request),
      context: async () => context,
    });
    if (body.kind !== 'complete') throw new Error('@defer and @stream are not supported');
    const type = headers.get('content-type');
    if (type && status === undefined) contentTypes.set(request.headers.accept ?? '', type);
    for (const [name, value] of headers) reply.header(name, value);
    return reply.code(status ?? 200).send(body.string);
  }

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const context = new HttpContext(dependencies, request, reply);
    const type = contentTypes.get(request.headers.accept ?? '');
    const answer = type && (await runKnown(request.body, context));
    if (!answer) return runUnknown(request, reply, context);
    return reply
      .code(answer.status ?? 200)
      .header('content-type', type)
      .send(answer.body);
  };
  const hooks = { onRequest: rejectMissingHost, onSend: setStatus };

  app.post(GRAPHQL_PATH, hooks, handle);
  app.get(GRAPHQL_PATH, { ...hooks, exposeHeadRoute: false }, async (request, reply) => {
    if (landing?.(request, reply)) return reply;
    return hasUnstorableVariables(request) ? sendProblem(reply, 400) : handle(request, reply);
  });
}

/** Only with the headers that Apollo Server reads. The adapter for Fastify copies all, and parses the URL. */
function readRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const { accept, 'content-type': contentType } = request.headers;
  const headers = new HeaderMap();
  if (accept !== undefined) headers.set('accept', accept);
  if (contentType !== undefined) headers.set('content-type', contentType);
  return { method: request.method, headers, search: queryString(request), body: request.body };
}

/** Spreads GraphQL requests that arrive together over turns of the event loop. Added first: other hooks cost time, too. */
export function scheduleGraphql(app: FastifyInstance): void {
  const schedule = createRequestScheduler(REQUESTS_PER_TURN);
  app.addHook('onRequest', (request, _reply, next) => {
    if (request.routeOptions.url === GRAPHQL_PATH) schedule(next);
    else next();
  });
}

/** HTTP/1.0 permits requests without a Host header; only health checks need that. */
const rejectMissingHost: onRequestHookHandler = (request, reply, next) => {
  if (request.headers.host) next();
  else sendProblem(reply, 400);
};

/** GraphQL over HTTP, section 6.4.2. With application/json, every executed request gets 200. */
const setStatus: onSendHookHandler = (request, reply, payload, next) => {
  const type = reply.getHeader('content-type');
  const usesStatus = typeof type === 'string' && type.startsWith('application/graphql-response+json');
  const { statusWithoutData } = request;
  if (usesStatus && statusWithoutData !== undefined && reply.statusCode === 200) reply.code(statusWithoutData);
  if (reply.statusCode !== 200) reply.headers(statusHeaders(reply.statusCode));
  next(null, payload);
};
