import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { Log } from '../core/log.ts';

// The only place where a failure becomes what a client sees. What is not named here is masked.

/** Seconds after which a client may try again when a dependency is down. */
const RETRY_AFTER = '1';

/** Failures of our own, by the name of what was thrown: under test runners a class may exist twice. */
const CODES_BY_NAME: ReadonlyMap<string, Masked> = new Map([
  ['Unauthenticated', 'UNAUTHENTICATED'],
  ['Forbidden', 'FORBIDDEN'],
  ['Unavailable', 'SERVICE_UNAVAILABLE'],
]);

const MESSAGES = {
  UNAUTHENTICATED: 'This needs a valid access token.',
  FORBIDDEN: 'You may not do this.',
  SERVICE_UNAVAILABLE: 'The service cannot answer right now. Try again.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side.',
} as const;
type Masked = keyof typeof MESSAGES;

/** What graphql-js and Apollo Server say about the request itself; the text is theirs and quotes only the request. */
const ABOUT_THE_REQUEST = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;
type AboutTheRequest = (typeof ABOUT_THE_REQUEST)[number];
const isAboutTheRequest = (code: unknown): code is AboutTheRequest =>
  (ABOUT_THE_REQUEST as readonly unknown[]).includes(code);

export type ErrorCode = Masked | AboutTheRequest;

const isMasked = (code: ErrorCode): code is Masked => code in MESSAGES;

/** HTTP statuses of an answer without data, for application/graphql-response+json; see statusOf. */
const STATUSES: Partial<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

const DEEPEST_CAUSE = 10;

/** What kind of failure this is, through whatever it was wrapped in. */
export function codeOf(error: unknown): ErrorCode {
  for (let cause = error, depth = 0; cause instanceof Error && depth < DEEPEST_CAUSE; depth += 1) {
    const code = CODES_BY_NAME.get(cause.name) ?? (isGraphQLError(cause) ? codeOfGraphQLError(cause) : undefined);
    if (code) return code;
    cause = isGraphQLError(cause) && cause.originalError ? cause.originalError : cause.cause;
  }
  return 'INTERNAL_SERVER_ERROR';
}

/** By its properties, because the package may be loaded twice. */
const isGraphQLError = (error: Error): error is GraphQLError => 'extensions' in error && 'locations' in error;

function codeOfGraphQLError({ extensions, nodes, originalError }: GraphQLError): ErrorCode | undefined {
  const { code } = extensions;
  if (isAboutTheRequest(code) || code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return code;
  // An argument that turned out wrong during execution: graphql-js points at the value. For its other complaints,
  // which are bugs of ours, it points at a field or at nothing.
  const place = nodes?.[0]?.kind;
  return originalError || place === undefined || place === Kind.FIELD ? undefined : 'BAD_USER_INPUT';
}

/**
 * An error as it stands in a GraphQL answer.
 * @param hideSuggestions graphql-js's "Did you mean" names parts of the schema
 */
export function createFormatError({ hideSuggestions }: { hideSuggestions: boolean }) {
  return ({ message, locations, path }: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const code = codeOf(error);
    const own = withoutValues(hideSuggestions ? withoutSuggestions(message) : message);
    return {
      message: isMasked(code) ? MESSAGES[code] : own,
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code },
    };
  };
}

/**
 * graphql-js quotes the whole variable when one field of it is wrong, a password included, and clients' error trackers
 * keep messages.
 */
const withoutValues = (message: string): string =>
  message
    .replace(/(cannot represent [\w -]+): .*$/s, '$1.')
    .replace(/ got invalid value .*(?=; )/s, ' got an invalid value');

const withoutSuggestions = (message: string): string => message.replace(/ ?Did you mean.*$/s, '');

/**
 * The HTTP status for an answer with these codes, or undefined for 200. A dependency that is down is a 503 whatever
 * the media type, so that clients and balancers retry. Otherwise an executed request answers 200 as application/json,
 * and as application/graphql-response+json says by status when there is no data at all (GraphQL over HTTP, 6.4).
 */
export function statusOf(codes: readonly unknown[], hasData: boolean): { always?: number; withoutData?: number } {
  if (codes.includes('SERVICE_UNAVAILABLE')) return { always: 503 };
  return hasData ? {} : { withoutData: STATUSES[String(codes[0])] ?? 400 };
}

/** Headers that go with a status. */
export function statusHeaders(status: number): Record<string, string> {
  if (status === 503) return { 'retry-after': RETRY_AFTER };
  return status === 401 ? { 'www-authenticate': 'Bearer' } : {};
}

const HTTP_PROBLEMS = {
  400: { code: 'BAD_REQUEST', message: 'The request is not well-formed.' },
  404: { code: 'NOT_FOUND', message: 'There is nothing here.' },
  408: { code: 'REQUEST_TIMEOUT', message: 'The request took too long to arrive.' },
  413: { code: 'PAYLOAD_TOO_LARGE', message: 'The body is larger than 64 KiB.' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send application/json in UTF-8.' },
  431: { code: 'HEADERS_TOO_LARGE', message: 'The headers are too large.' },
  500: { code: 'INTERNAL_SERVER_ERROR', message: MESSAGES.INTERNAL_SERVER_ERROR },
  503: { code: 'SERVICE_UNAVAILABLE', message: MESSAGES.SERVICE_UNAVAILABLE },
} as const;
export type HttpProblem = keyof typeof HTTP_PROBLEMS;
const isHttpProblem = (status: number): status is HttpProblem => status in HTTP_PROBLEMS;

/** The body of an answer that never came to GraphQL; of the same shape, so that clients read one. */
export function problemBody(status: HttpProblem, requestId?: string): string {
  const { code, message } = HTTP_PROBLEMS[status];
  return JSON.stringify({ errors: [{ message, extensions: { code, ...(requestId && { requestId }) } }] });
}

export function sendProblem(reply: FastifyReply, status: HttpProblem): FastifyReply {
  return reply
    .code(status)
    .headers(statusHeaders(status))
    .type('application/json; charset=utf-8')
    .send(problemBody(status, status === 500 ? reply.request.id : undefined));
}

/** For what Fastify refuses and for what a route throws. */
export function createErrorHandler(log: Log) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (codeOf(error) === 'SERVICE_UNAVAILABLE') {
      log.warn({ err: error, requestId: request.id }, 'a dependency is down');
      return sendProblem(reply, 503);
    }
    const refused = 'statusCode' in error && error.statusCode !== undefined ? error.statusCode : 500;
    if (refused >= 400 && refused < 500) return sendProblem(reply, isHttpProblem(refused) ? refused : 400);
    log.error({ err: error, requestId: request.id }, 'a request failed');
    return sendProblem(reply, 500);
  };
}
