import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLRequestListener,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { HttpContext } from './context.ts';
import { createDocumentStore } from './documents.ts';
import { createFormatError, errorCode, responseStatus } from './errors.ts';
import { LIMITS, limitsRule } from './limits.ts';
import { type CheckResponseSize, createResponseSizeCheck } from './response-limit.ts';
import { findRootField } from './root-field.ts';
import { createUnavailableLine, type UnavailableLine } from './unavailable-line.ts';

/** Characters of the client's operation name that are logged. */
const MAX_LOGGED_NAME_LENGTH = 64;
/** Errors reported for one document or its variables. */
const MAX_ERRORS = 5;

interface Dependencies {
  config: Pick<Config, 'production' | 'http'>;
  schema: GraphQLSchema;
  log: Log;
  /** Whether the field at the root of each operation is noted. */
  notesRootFields?: boolean;
}

/** Apollo Server without the features we do not use. Every default that depends on NODE_ENV is set explicitly. */
export function createApollo({
  config,
  schema,
  log,
  notesRootFields = false,
}: Dependencies): ApolloServer<HttpContext> {
  return new ApolloServer<HttpContext>({
    schema,
    introspection: config.http.introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // Not needed: we accept only application/json, which forms cannot send, and a GET runs queries only, without cookies.
    csrfPrevention: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [limitsRule],
    validationOptions: { maxErrors: MAX_ERRORS },
    executionOptions: { maxCoercionErrors: MAX_ERRORS },
    documentStore: createDocumentStore(),
    // Apollo's own option hides suggestions in validation errors, but not in those of variables.
    formatError: createFormatError({ hideSuggestions: config.production }),
    logger: apolloLog(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(), // Is on by default in a subgraph.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      watchRequests(log, createResponseSizeCheck(schema), notesRootFields),
    ],
  });
}

/**
 * Notes the operation's name for the access log, and refuses it if its response could be too large. Logs errors and sets
 * their request id and HTTP status. One plugin: Apollo Server creates a dozen promises per request for each.
 */
function watchRequests(
  log: Log,
  checkResponseSize: CheckResponseSize,
  notesRootFields: boolean,
): ApolloServerPlugin<HttpContext> {
  const logUnavailable = createUnavailableLine(log);
  const listener: GraphQLRequestListener<HttpContext> = {
    async didResolveOperation({ document, operation, request, contextValue }) {
      if (!operation) return; // The document has no operation of the requested name.
      contextValue.request.operation = operationName(operation);
      if (notesRootFields) contextValue.request.rootField = findRootField({ document, operation });
      checkResponseSize({ document, operation, request });
    },
    async willSendResponse(context) {
      if (context.errors) report(context, log, logUnavailable);
    },
  };
  return { requestDidStart: async () => listener };
}

function operationName({ name, selectionSet }: OperationDefinitionNode): string | undefined {
  const [first] = selectionSet.selections;
  return (name ?? (first?.kind === Kind.FIELD ? first.name : undefined))?.value.slice(0, MAX_LOGGED_NAME_LENGTH);
}

function report(
  { errors = [], contextValue, response }: GraphQLRequestContext<HttpContext>,
  log: Log,
  logUnavailable: UnavailableLine,
): void {
  if (response.body?.kind !== 'single') return;
  const { request } = contextValue;
  const { singleResult } = response.body;
  singleResult.errors = (singleResult.errors ?? []).map((error) =>
    error.extensions?.code === 'INTERNAL_SERVER_ERROR'
      ? { ...error, extensions: { ...error.extensions, requestId: request.id } }
      : error,
  );
  const codes = errors.map(errorCode);
  for (const [index, code] of codes.entries()) {
    const fields = { err: errors[index], requestId: request.id, operation: request.operation };
    if (code === 'INTERNAL_SERVER_ERROR') log.error(fields, 'a resolver failed');
    if (code === 'SERVICE_UNAVAILABLE') logUnavailable(fields.err, fields);
  }
  const status = responseStatus(codes, {
    hasData: singleResult.data !== undefined && singleResult.data !== null,
    presentsToken: contextValue.presentsToken,
  });
  request.outcome = codes[0];
  if (status.always) response.http.status = status.always;
  request.statusWithoutData = status.withoutData;
}

const apolloLog = (log: Log) => ({
  debug: (text?: unknown) => log.debug({ text: String(text) }, 'apollo server'),
  info: (text?: unknown) => log.info({ text: String(text) }, 'apollo server'),
  warn: (text?: unknown) => log.warn({ text: String(text) }, 'apollo server'),
  error: (text?: unknown) => log.error({ text: String(text) }, 'apollo server'),
});
