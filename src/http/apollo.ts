import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '../core/log.ts';
import type { HttpContext } from './context.ts';
import type { ReportErrors } from './error-report.ts';
import type { FormatError } from './errors.ts';
import type { KnownOperations } from './known-operations.ts';
import { LIMITS, limitsRule } from './limits.ts';
import type { FindTooLarge } from './response-limit.ts';

interface Dependencies extends RequestDependencies {
  schema: GraphQLSchema;
  introspection: boolean;
  formatError: FormatError;
  log: Log;
}

/** Apollo Server without the features we do not use. Every default that depends on NODE_ENV is set explicitly. */
export function createApollo({
  schema,
  introspection,
  formatError,
  log,
  ...dependencies
}: Dependencies): ApolloServer<HttpContext> {
  return new ApolloServer<HttpContext>({
    schema,
    introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // Not needed: we accept only application/json, which forms cannot send, and a GET runs queries only, without cookies.
    csrfPrevention: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [limitsRule],
    validationOptions: { maxErrors: LIMITS.errors },
    executionOptions: { maxCoercionErrors: LIMITS.errors },
    // Valid documents are remembered with their operations.
    documentStore: null,
    // Apollo's own option hides suggestions in validation errors, but not in those of variables.
    formatError,
    logger: apolloLog(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(), // Is on by default in a subgraph.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      watchRequests(dependencies),
    ],
  });
}

interface RequestDependencies {
  known: KnownOperations;
  findTooLarge: FindTooLarge;
  reportErrors: ReportErrors;
}

/**
 * Remembers valid operations, and refuses one if its response could be too large. Reports errors. One plugin: Apollo Server
 * creates a dozen promises per request for each.
 */
function watchRequests({ known, findTooLarge, reportErrors }: RequestDependencies): ApolloServerPlugin<HttpContext> {
  const listener: GraphQLRequestListener<HttpContext> = {
    async didResolveOperation({ source, document, operation, request, contextValue }) {
      if (!operation) return; // The document has no operation of the requested name.
      const { name, rootField } = known.remember({ query: source, ...request }, { document, operation });
      contextValue.request.operation = name;
      contextValue.request.rootField = rootField;
      const problem = findTooLarge({ document, operation }, request.variables ?? null);
      if (problem) throw problem;
    },
    async willSendResponse({ errors, response, contextValue }) {
      if (!errors || response.body?.kind !== 'single') return;
      const { singleResult } = response.body;
      const { errors: formatted = [], data } = singleResult;
      const report = reportErrors(contextValue, { errors, formatted, data });
      singleResult.errors = report.errors;
      if (report.status) response.http.status = report.status;
    },
  };
  return { requestDidStart: async () => listener };
}

const apolloLog = (log: Log) => ({
  debug: (text?: unknown) => log.debug({ text: String(text) }, 'apollo server'),
  info: (text?: unknown) => log.info({ text: String(text) }, 'apollo server'),
  warn: (text?: unknown) => log.warn({ text: String(text) }, 'apollo server'),
  error: (text?: unknown) => log.error({ text: String(text) }, 'apollo server'),
});
