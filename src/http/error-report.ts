import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Log } from '../core/log.ts';
import type { HttpContext } from './context.ts';
import { errorCode, responseStatus } from './errors.ts';
import { createUnavailableLine } from './unavailable-line.ts';

interface Failed {
  errors: readonly GraphQLError[];
  /** The same, as the client will see them. */
  formatted: readonly GraphQLFormattedError[];
  data: ExecutionResult['data'];
}

export interface ErrorReport {
  /** Internal errors have the request ID, which finds their cause in the log. */
  errors: GraphQLFormattedError[];
  /** The HTTP status for every content type. Undefined if it depends on the content type. */
  status: number | undefined;
}

/** Logs the errors of an operation. Sets `outcome` and `statusWithoutData` of the request. */
export type ReportErrors = (context: HttpContext, failed: Failed) => ErrorReport;

export function createErrorReport(log: Log): ReportErrors {
  const logUnavailable = createUnavailableLine(log);
  return ({ request, presentsToken }, { errors, formatted, data }) => {
    const codes = errors.map(errorCode);
    for (const [index, code] of codes.entries()) {
      const fields = { err: errors[index], requestId: request.id, operation: request.operation };
      if (code === 'INTERNAL_SERVER_ERROR') log.error(fields, 'a resolver failed');
      if (code === 'SERVICE_UNAVAILABLE') logUnavailable(fields.err, fields);
    }
    const hasData = data !== undefined && data !== null;
    const { always, withoutData } = responseStatus(codes, { hasData, presentsToken });
    request.outcome = codes[0];
    request.statusWithoutData = withoutData;
    return { errors: formatted.map((error) => withRequestId(error, request.id)), status: always };
  };
}

const withRequestId = (error: GraphQLFormattedError, requestId: string): GraphQLFormattedError =>
  error.extensions?.code === 'INTERNAL_SERVER_ERROR'
    ? { ...error, extensions: { ...error.extensions, requestId } }
    : error;
