import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { HttpContext } from './context.ts';
import { createDocumentStore } from './documents.ts';
import { codeOf, createFormatError, statusOf } from './errors.ts';
import { LIMITS, limitsRule } from './limits.ts';

/** Characters of a client's operation name that stand in a log line. */
const LONGEST_OPERATION_NAME = 64;
/** Errors that one bad document or variable may draw. */
const MOST_COMPLAINTS = 10;

interface Parts {
  config: Pick<Config, 'production' | 'http'>;
  schema: GraphQLSchema;
  log: Log;
}

/** Apollo Server with everything off that we do not serve, and nothing left to its reading of NODE_ENV. */
export function createApollo({ config, schema, log }: Parts): ApolloServer<HttpContext> {
  return new ApolloServer<HttpContext>({
    schema,
    introspection: config.http.introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // A form cannot send application/json, the only body we read, and a GET executes queries alone, to which no cookie
    // counts. The extra header that this option demands of a GET would protect nothing here.
    csrfPrevention: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [limitsRule],
    validationOptions: { maxErrors: MOST_COMPLAINTS },
    executionOptions: { maxCoercionErrors: MOST_COMPLAINTS },
    documentStore: createDocumentStore(),
    // Apollo's option for this covers validation, not the variables.
    formatError: createFormatError({ hideSuggestions: config.production }),
    logger: apolloLog(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      reporting(log),
    ],
  });
}

/** Names the operation for the log line of the request, and gives failures their status, their id and a line. */
function reporting(log: Log): ApolloServerPlugin<HttpContext> {
  const listener = {
    async didResolveOperation({ operation, contextValue }: GraphQLRequestContext<HttpContext>) {
      if (operation) contextValue.request.operation = nameOf(operation);
    },
    async willSendResponse(context: GraphQLRequestContext<HttpContext>) {
      if (context.errors) report(context, log);
    },
  };
  return { requestDidStart: async () => listener };
}

function nameOf({ name, selectionSet }: OperationDefinitionNode): string | undefined {
  const [first] = selectionSet.selections;
  return (name ?? (first?.kind === Kind.FIELD ? first.name : undefined))?.value.slice(0, LONGEST_OPERATION_NAME);
}

function report({ errors = [], contextValue, response }: GraphQLRequestContext<HttpContext>, log: Log): void {
  if (response.body?.kind !== 'single') return;
  const { request } = contextValue;
  const { singleResult } = response.body;
  singleResult.errors = (singleResult.errors ?? []).map((shown) =>
    shown.extensions?.code === 'INTERNAL_SERVER_ERROR'
      ? { ...shown, extensions: { ...shown.extensions, requestId: request.id } }
      : shown,
  );
  const codes = errors.map(codeOf);
  for (const [index, code] of codes.entries()) {
    const line = { err: errors[index], requestId: request.id, operation: request.operation };
    if (code === 'INTERNAL_SERVER_ERROR') log.error(line, 'a field failed');
    if (code === 'SERVICE_UNAVAILABLE') log.warn(line, 'a dependency is down');
  }
  const status = statusOf(codes, singleResult.data !== undefined && singleResult.data !== null);
  if (status.always) response.http.status = status.always;
  request.withoutData = status.withoutData;
}

const apolloLog = (log: Log) => ({
  debug: (text?: unknown) => log.debug({ text: String(text) }, 'apollo server'),
  info: (text?: unknown) => log.info({ text: String(text) }, 'apollo server'),
  warn: (text?: unknown) => log.warn({ text: String(text) }, 'apollo server'),
  error: (text?: unknown) => log.error({ text: String(text) }, 'apollo server'),
});
