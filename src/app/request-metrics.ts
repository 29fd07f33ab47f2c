import type { GraphQLSchema } from 'graphql';
import { GRAPHQL_PATH } from '../http/graphql.ts';
import { nameMethod } from '../http/methods.ts';
import type { ObserveRequest } from '../http/request-observer.ts';
import type { Metrics } from '../infra/metrics/metrics.ts';
import { createOperationNames, OTHER } from './operation-names.ts';

/**
 * Measures HTTP requests and GraphQL operations. Operations have the names of the schema, also under FEDERATION_PREFIX.
 * @param api with the original names
 */
export function createRequestObserver(metrics: Metrics, api: GraphQLSchema, prefix = ''): ObserveRequest {
  const nameOperation = createOperationNames(api, prefix);

  return ({ method, route, status, seconds, rootField, outcome }) => {
    metrics.observe(
      'latchkey_http_request_duration_seconds',
      { route: route ?? OTHER, method: nameMethod(method, OTHER), status: String(status) },
      seconds,
    );
    // The page GraphiQL and introspection have neither.
    if (route !== GRAPHQL_PATH || (rootField === undefined && outcome === undefined)) return;
    const operation = nameOperation(rootField).name;
    metrics.count('latchkey_operations_total', { operation, outcome: outcome ?? (status < 400 ? 'ok' : OTHER) });
    metrics.observe('latchkey_operation_duration_seconds', { operation }, seconds);
  };
}
