import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import { createApollo } from './apollo.ts';
import type { HttpContext } from './context.ts';
import { createErrorReport } from './error-report.ts';
import { createFormatError } from './errors.ts';
import { createKnownOperations } from './known-operations.ts';
import { createResponseSizeCheck } from './response-limit.ts';
import { createRunKnown, type RunKnown } from './run-known.ts';

interface Dependencies {
  config: Pick<Config, 'production' | 'http'>;
  schema: GraphQLSchema;
  log: Log;
}

export interface Execution {
  apollo: ApolloServer<HttpContext>;
  runKnown: RunKnown;
}

/** Apollo Server, and the shorter way for operations that it has validated before. */
export function createExecution({ config, schema, log }: Dependencies): Execution {
  const shared = {
    schema,
    known: createKnownOperations(),
    findTooLarge: createResponseSizeCheck(schema),
    formatError: createFormatError({ hideSuggestions: config.production }),
    reportErrors: createErrorReport(log),
  };
  return {
    apollo: createApollo({ ...shared, log, introspection: config.http.introspection }),
    runKnown: createRunKnown(shared),
  };
}
