import type { IncomingMessage, ServerResponse } from 'node:http';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { parse } from 'graphql';
import type { TestApp } from '../app.ts';
import { type OtherSubgraph, ordersOf, sdlOf } from './orders.ts';

/** The messages of composition, or the supergraph. */
export function compose(latchkey: string, other: OtherSubgraph) {
  const { supergraphSdl, errors = [] } = composeServices([
    { name: 'latchkey', typeDefs: parse(latchkey), url: 'http://latchkey.internal/graphql' },
    { name: 'orders', typeDefs: parse(sdlOf(other)), url: 'http://orders.internal/graphql' },
  ]);
  return { supergraphSdl, errors: errors.map(({ message }) => message) };
}

interface Context {
  req?: IncomingMessage;
  res?: ServerResponse;
}

const FORWARDED = [
  'authorization',
  'cookie',
  'origin',
  'sec-fetch-site',
  'user-agent',
  'accept-language',
  'x-request-id',
];

/** As docs/gateways.md shows it. */
class LatchkeyDataSource extends RemoteGraphQLDataSource<Context> {
  readonly queries: string[] = [];

  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Context>) {
    this.queries.push(request.query ?? '');
    const { req } = context;
    if (!req) return; // Not on behalf of a client.
    const headers = request.http?.headers;
    for (const name of FORWARDED) {
      const value = req.headers[name];
      if (typeof value === 'string') headers?.set(name, value);
    }
    const client = [req.headers['x-forwarded-for'], req.socket.remoteAddress].filter(Boolean).join(', ');
    headers?.set('x-forwarded-for', client);
  }

  override didReceiveResponse({
    response,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<Context>['didReceiveResponse']>>[0]) {
    const cookie = response.http?.headers.get('set-cookie');
    if (cookie) context.res?.appendHeader('set-cookie', cookie);
    return response;
  }
}

export interface TestGateway {
  url: string;
  /** The queries that the gateway has sent to Latchkey. */
  queries: string[];
  close(): Promise<void>;
}

/** Apollo Gateway in front of the service and of the other subgraph, with an order of each of the users. */
export async function startGateway(
  { url }: Pick<TestApp, 'url'>,
  other: OtherSubgraph,
  userIds: readonly string[],
): Promise<TestGateway> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data } = (await response.json()) as { data: { _service: { sdl: string } } };
  const { supergraphSdl, errors } = compose(data._service.sdl, other);
  if (!supergraphSdl) throw new Error(errors.join('\n'));
  const latchkey = new LatchkeyDataSource({ url: `${url}/graphql` });
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => (name === 'latchkey' ? latchkey : ordersOf(other, userIds)),
  });
  const server = new ApolloServer<Context>({ gateway, includeStacktraceInErrorResponses: false });
  const { url: gatewayUrl } = await startStandaloneServer(server, {
    context: async ({ req, res }) => ({ req, res }),
    listen: { host: '127.0.0.1', port: 0 },
  });
  return { url: gatewayUrl.replace(/\/$/, ''), queries: latchkey.queries, close: () => server.stop() };
}
