import { type ExecutionResult, execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { HttpContext } from './context.ts';
import type { ReportErrors } from './error-report.ts';
import type { FormatError } from './errors.ts';
import type { KnownOperations } from './known-operations.ts';
import { LIMITS } from './limits.ts';
import type { FindTooLarge } from './response-limit.ts';

export interface KnownAnswer {
  /** HTTP status. Undefined if it depends on the content type. */
  status?: number | undefined;
  body: string;
}

/**
 * Runs a known operation with graphql-js alone, which takes half the processor time. Undefined if Apollo Server has to
 * answer, because the operation is unknown or the request is invalid: nothing has been executed.
 * @param body parsed, of a POST
 */
export type RunKnown = (body: unknown, context: HttpContext) => Promise<KnownAnswer | undefined>;

interface Dependencies {
  schema: GraphQLSchema;
  known: KnownOperations;
  findTooLarge: FindTooLarge;
  formatError: FormatError;
  reportErrors: ReportErrors;
}

export function createRunKnown({ schema, known, findTooLarge, formatError, reportErrors }: Dependencies): RunKnown {
  function toAnswer(context: HttpContext, data: ExecutionResult['data'], raised: readonly GraphQLError[]): KnownAnswer {
    const formatted = raised.map((error) => formatError(error.toJSON(), error));
    const { errors, status } = reportErrors(context, { errors: raised, formatted, data });
    return { status, body: serialise({ errors, data }) };
  }

  return async (body, context) => {
    const found = known.find(body);
    if (!found) return undefined;
    const { operationName, variables } = found;
    const { document, operation, name, rootField } = found.known;
    if (findTooLarge({ document, operation }, variables)) return undefined;
    context.request.operation = name;
    context.request.rootField = rootField;
    const { data, errors } = await execute({
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
      options: { maxCoercionErrors: LIMITS.errors },
    });
    if (errors === undefined) return { body: serialise({ data }) };
    // Without even a null for data, nothing has been executed: a variable is invalid.
    return data === undefined ? undefined : toAnswer(context, data, errors);
  };
}

/** As Apollo Server does. */
const serialise = (result: object): string => `${JSON.stringify(result)}\n`;
