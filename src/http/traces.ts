import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Attributes, Span, Tracer } from '../core/tracer.ts';
import { GRAPHQL_PATH } from './graphql.ts';
import { isHealthCheck } from './health.ts';
import { nameMethod } from './methods.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined if the request is not traced. */
    span: Span | undefined;
    /** The span of the GraphQL operation, inside `span`. */
    operationSpan: Span | undefined;
  }
}

/** An operation as the schema names it: clients choose other names. */
export interface OperationName {
  name: string;
  /** Undefined if it is not known. */
  type: 'query' | 'mutation' | undefined;
}

export interface TraceOptions {
  tracer: Tracer;
  /** http or https, as clients see it. */
  scheme: string;
  /** @param rootField undefined if nothing was executed */
  nameOperation(rootField: string | undefined): OperationName;
}

/** Outcomes of an operation that are failures of the service. */
const FAILURES = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']);

/**
 * A span for each request and, inside it, one for its GraphQL operation. Names and attributes are those of OpenTelemetry's
 * conventions for HTTP and GraphQL, except what a client chooses or what identifies a user: paths, queries, addresses,
 * user agents, documents and variables. Added first, so that the span includes the wait of `scheduleGraphql`.
 */
export function traceRequests(app: FastifyInstance, { tracer, scheme, nameOperation }: TraceOptions): void {
  app.decorateRequest('span', undefined);
  app.decorateRequest('operationSpan', undefined);

  app.addHook('onRequest', (request, _reply, next) => {
    const route = request.routeOptions.url;
    if (!isHealthCheck(route)) {
      const start = { name: spanName(request), kind: 'server', attributes: describe(request, scheme) } as const;
      request.span = tracer.receive(start, request.headers);
    }
    next();
  });

  // After the body has been read: what runs before this hook is not in the asynchronous context of the request.
  app.addHook('preHandler', (request, _reply, next) => {
    const { span } = request;
    if (!span) return next();
    tracer.within(span, () => {
      if (request.routeOptions.url !== GRAPHQL_PATH) return next();
      request.operationSpan = tracer.begin({ name: 'GraphQL Operation', kind: 'internal' });
      tracer.within(request.operationSpan, next);
    });
  });

  app.addHook('onResponse', (request, { statusCode: status }, done) => {
    endOperation(request, nameOperation);
    const { span } = request;
    span?.set({ 'http.response.status_code': status });
    if (status >= 500) span?.fail(String(status));
    span?.end();
    done();
  });
}

const spanName = ({ method, routeOptions: { url } }: FastifyRequest): string =>
  [nameMethod(method, 'HTTP'), ...(url ? [url] : [])].join(' ');

const describe = ({ method, routeOptions: { url }, raw }: FastifyRequest, scheme: string): Attributes => ({
  'http.request.method': nameMethod(method, '_OTHER'),
  ...(url && { 'http.route': url }),
  'url.scheme': scheme,
  'network.protocol.version': raw.httpVersion,
});

/** Does nothing for GraphiQL and introspection, which have no operation: their span is not sent. */
function endOperation(
  { operationSpan: span, rootField, outcome }: FastifyRequest,
  nameOperation: TraceOptions['nameOperation'],
): void {
  if (!span || (rootField === undefined && outcome === undefined)) return;
  const { name, type } = nameOperation(rootField);
  span.rename(type ? `${type} ${name}` : 'GraphQL Operation');
  span.set({
    'graphql.operation.name': name,
    ...(type && { 'graphql.operation.type': type }),
    'latchkey.outcome': outcome ?? 'ok',
  });
  if (outcome && FAILURES.has(outcome)) span.fail(outcome);
  span.end();
}
