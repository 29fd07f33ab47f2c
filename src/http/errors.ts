import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { Forbidden, ForbiddenReason } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createUnavailableLine } from './unavailable-line.ts';

// The only place where an error becomes a response. Errors that are not listed here are masked.

/** Seconds after which a client may retry while a dependency is unavailable. */
const RETRY_AFTER = '1';

/** Our own errors, by name: in test runners, a class may be loaded twice. */
const CODES_BY_NAME: ReadonlyMap<string, Masked> = new Map([
  ['Unauthenticated', 'UNAUTHENTICATED'],
  ['Forbidden', 'FORBIDDEN'],
  ['Unavailable', 'SERVICE_UNAVAILABLE'],
  ['TooManyRequests', 'RATE_LIMITED'],
]);

const MESSAGES = {
  UNAUTHENTICATED: 'A valid access token is required.',
  FORBIDDEN: 'You are not allowed to do this.',
  SERVICE_UNAVAILABLE: 'The service is temporarily unavailable. Try again.',
  RATE_LIMITED: 'Too many requests. Try again in a few minutes.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side.',
} as const;
type Masked = keyof typeof MESSAGES;

/** The messages of FORBIDDEN with a reason. */
const REASONS: Record<ForbiddenReason, string> = {
  SECOND_FACTOR_REQUIRED: 'This needs a sign-in with a second factor.',
  IMPERSONATION: 'This is not possible while acting as a user.',
};

/** Errors of graphql-js and Apollo Server about the request. Their messages quote only the request. */
const REQUEST_ERROR_CODES = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;
type RequestErrorCode = (typeof REQUEST_ERROR_CODES)[number];
const isRequestErrorCode = (code: unknown): code is RequestErrorCode =>
  (REQUEST_ERROR_CODES as readonly unknown[]).includes(code);

export type ErrorCode = Masked | RequestErrorCode;

const isMasked = (code: ErrorCode): code is Masked => code in MESSAGES;

/** HTTP statuses of responses without data, for application/graphql-response+json. */
const STATUSES: Partial<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SERVICE_UNAVAILABLE: 503,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
};

const MAX_CAUSES = 10;

/** The code of an error or of the error that it wraps. */
export const errorCode = (error: unknown): ErrorCode => classify(error).code;

function classify(error: unknown): { code: ErrorCode; reason?: ForbiddenReason | undefined } {
  for (let cause = error, depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth += 1) {
    const code = CODES_BY_NAME.get(cause.name) ?? (isGraphQLError(cause) ? graphqlErrorCode(cause) : undefined);
    if (code) return { code, reason: cause.name === 'Forbidden' ? (cause as Forbidden).reason : undefined };
    cause = isGraphQLError(cause) && cause.originalError ? cause.originalError : cause.cause;
  }
  return { code: 'INTERNAL_SERVER_ERROR' };
}

/** Checks properties, because the package may be loaded twice. */
const isGraphQLError = (error: Error): error is GraphQLError => 'extensions' in error && 'locations' in error;

/** What graphql-js reports after the last error that it lists. Unlike the others, it has neither a code nor a location. */
const TOO_MANY_ERRORS = /^Too many errors processing variables/;

function graphqlErrorCode({ extensions, nodes, originalError, message }: GraphQLError): ErrorCode | undefined {
  const { code } = extensions;
  if (isRequestErrorCode(code) || code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return code;
  if (TOO_MANY_ERRORS.test(message)) return 'BAD_USER_INPUT';
  // For an invalid argument found during execution, graphql-js points at the value. For our own bugs, it points at a
  // field or at nothing.
  const location = nodes?.[0]?.kind;
  return originalError || location === undefined || location === Kind.FIELD ? undefined : 'BAD_USER_INPUT';
}

/** What a client sees of an error. @param error the original */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** @param hideSuggestions removes graphql-js's "Did you mean", which reveals parts of the schema */
export function createFormatError({ hideSuggestions }: { hideSuggestions: boolean }): FormatError {
  return ({ message, locations, path }, error) => {
    const { code, reason } = classify(error);
    const own = withoutValues(hideSuggestions ? withoutSuggestions(message) : message);
    return {
      message: reason ? REASONS[reason] : isMasked(code) ? MESSAGES[code] : own,
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code, ...(reason && { reason }) },
    };
  };
}

/** If a field is invalid, graphql-js quotes the whole variable, passwords included, and error trackers store messages. */
const withoutValues = (message: string): string =>
  message
    .replace(/(cannot represent [\w -]+): .*$/s, '$1.')
    .replace(/ got invalid value .*(?=; )/s, ' got an invalid value');

const withoutSuggestions = (message: string): string => message.replace(/ ?Did you mean.*$/s, '');

/**
 * `always`: the HTTP status for every content type. 503 for an unavailable dependency, so that clients and balancers retry.
 * 401 for a refused access token, so that clients refresh it.
 * `withoutData`: the status if the response is application/graphql-response+json (GraphQL over HTTP, section 6.4).
 */
export function responseStatus(
  codes: readonly unknown[],
  { hasData, presentsToken }: { hasData: boolean; presentsToken: boolean },
): { always?: number; withoutData?: number } {
  if (codes.includes('SERVICE_UNAVAILABLE')) return { always: 503 };
  if (presentsToken && codes.includes('UNAUTHENTICATED')) return { always: 401 };
  return hasData ? {} : { withoutData: STATUSES[String(codes[0])] ?? 400 };
}

/** Additional headers for a status. */
export function statusHeaders(status: number): Record<string, string> {
  if (status === 503) return { 'retry-after': RETRY_AFTER };
  return status === 401 ? { 'www-authenticate': 'Bearer' } : {};
}

const HTTP_PROBLEMS = {
  400: { code: 'BAD_REQUEST', message: 'The request is malformed.' },
  403: { code: 'FORBIDDEN', message: MESSAGES.FORBIDDEN },
  404: { code: 'NOT_FOUND', message: 'Not found.' },
  408: { code: 'REQUEST_TIMEOUT', message: 'The request took too long to arrive.' },
  413: { code: 'PAYLOAD_TOO_LARGE', message: 'The body is larger than 64 KiB.' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send application/json in UTF-8, without Content-Encoding.' },
  417: { code: 'EXPECTATION_FAILED', message: 'Of the Expect header, only 100-continue is supported.' },
  421: {
    code: 'MISDIRECTED_REQUEST',
    message:
      'In development, this server accepts only requests for localhost and for the host of PUBLIC_URL. To use another name or address, set PUBLIC_URL.',
  },
  431: { code: 'HEADERS_TOO_LARGE', message: 'The headers are too large.' },
  500: { code: 'INTERNAL_SERVER_ERROR', message: MESSAGES.INTERNAL_SERVER_ERROR },
  503: { code: 'SERVICE_UNAVAILABLE', message: MESSAGES.SERVICE_UNAVAILABLE },
} as const;
export type HttpProblem = keyof typeof HTTP_PROBLEMS;
const isHttpProblem = (status: number): status is HttpProblem => status in HTTP_PROBLEMS;

/** The body of a response that does not come from GraphQL. It has the same shape as a GraphQL error. */
export function problemBody(status: HttpProblem, requestId?: string): string {
  const { code, message } = HTTP_PROBLEMS[status];
  return JSON.stringify({ errors: [{ message, extensions: { code, ...(requestId && { requestId }) } }] });
}

export function sendProblem(reply: FastifyReply, status: HttpProblem): FastifyReply {
  reply.request.outcome = HTTP_PROBLEMS[status].code;
  return reply
    .code(status)
    .headers(statusHeaders(status))
    .type('application/json; charset=utf-8')
    .send(problemBody(status, status === 500 ? reply.request.id : undefined));
}

/** Handles requests rejected by Fastify and errors thrown by routes. */
export function createErrorHandler(log: Log) {
  const logUnavailable = createUnavailableLine(log);
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (errorCode(error) === 'SERVICE_UNAVAILABLE') {
      logUnavailable(error, { requestId: request.id });
      return sendProblem(reply, 503);
    }
    const status = 'statusCode' in error && error.statusCode !== undefined ? error.statusCode : 500;
    if (status >= 400 && status < 500) return sendProblem(reply, isHttpProblem(status) ? status : 400);
    log.error({ err: error, requestId: request.id }, 'a request failed');
    return sendProblem(reply, 500);
  };
}
