import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler, onSendHookHandler } from 'fastify';
import { type ContextParts, HttpContext } from './context.ts';
import { sendProblem, statusHeaders } from './errors.ts';
import { refusesVariables } from './json-body.ts';
import { createRequestScheduler } from './request-scheduler.ts';

/** Of some half a millisecond each. */
const REQUESTS_PER_TURN = 16;

declare module 'fastify' {
  interface FastifyRequest {
    /** The GraphQL operation: its name, else its first field. */
    operation: string | undefined;
    /** The HTTP status of application/graphql-response+json, when the answer has no data. */
    withoutData: number | undefined;
  }
}

/** Asked before GraphQL is; true when it has answered. */
type Landing = (request: FastifyRequest, reply: FastifyReply) => boolean;

interface Parts {
  apollo: ApolloServer<HttpContext>;
  context: ContextParts;
  /** For browsers that open the address. */
  landing: Landing | undefined;
}

/** `/graphql`: POST, and GET for queries. */
export async function serveGraphql(app: FastifyInstance, { apollo, context, landing }: Parts): Promise<void> {
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  app.decorateRequest('operation', undefined);
  app.decorateRequest('withoutData', undefined);

  const answer = fastifyApolloHandler(apollo, {
    context: async (request, reply) => new HttpContext(context, request, reply),
  });
  const scheduler = createRequestScheduler(REQUESTS_PER_TURN);
  const takeTurn: onRequestHookHandler = (_request, _reply, next) => scheduler(next);
  const hooks = { onRequest: [refuseBadHost, takeTurn], onSend: tellByStatus };

  app.post('/graphql', hooks, answer);
  app.get('/graphql', { ...hooks, exposeHeadRoute: false }, async (request, reply) => {
    if (landing?.(request, reply)) return reply;
    return refusesVariables(request) ? sendProblem(reply, 400) : answer.call(app, request, reply);
  });
}

/** RFC 9112 section 3.2. The adapter makes a URL of the header, and would fail at what is none. */
const refuseBadHost: onRequestHookHandler = (request, reply, next) => {
  if (URL.canParse(`http://${request.headers.host ?? ''}`)) next();
  else sendProblem(reply, 400);
};

/** GraphQL over HTTP, section 6.4.2; application/json answers 200 to whatever was executed. */
const tellByStatus: onSendHookHandler = (request, reply, payload, next) => {
  const type = reply.getHeader('content-type');
  const tells = typeof type === 'string' && type.startsWith('application/graphql-response+json');
  if (tells && request.withoutData !== undefined && reply.statusCode === 200) reply.code(request.withoutData);
  if (reply.statusCode !== 200) reply.headers(statusHeaders(reply.statusCode));
  next(null, payload);
};
