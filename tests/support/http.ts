import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { buildSchema, GraphQLError, type GraphQLFieldResolver } from 'graphql';
import type { Config } from '../../src/config.ts';
import { Unauthenticated, Unavailable } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import { silent } from '../../src/core/log.ts';
import type { RequestContext } from '../../src/core/request.ts';
import { createDrain, type Drain } from '../../src/http/drain.ts';
import { createServer, type ServerDependencies } from '../../src/http/server.ts';

// src/http over a schema of its own in which everything can fail on demand.

const SDL = `
  enum Colour { RED GREEN }
  type Query {
    hello: String
    echo(text: String!): String
    colour(colour: Colour!): Colour
    node: Node
    me: User
    client: Client!
    fails(how: How!): String
    slow(milliseconds: Int!): String
  }
  enum How { BUG SQL UNAVAILABLE WRAPPED FOREIGN NULL }
  type Node { node: Node name: String echo(text: String): String }
  type User { id: ID! }
  type Client { ip: String! userAgent: String locale: String! requestId: String! }
  type Mutation {
    login(password: String): Int!
    reset: Int!
    protected: Int!
    keepCookie(token: String!): String
    dropCookie: String
    cookie: String
    signIn: ID!
  }
`;

export const ACCEPTED = {
  token: 'a-good-token',
  viewer: { userId: 'user-1', sessionId: 'session-1', authenticationMethods: [], authenticatedAt: new Date(0) },
};

/** Must appear in no response and no log. */
export const CANARY = 'canary-7f3a@example.com';
const PARAMETER = 'canary-parameter';

type Resolver = GraphQLFieldResolver<unknown, RequestContext>;

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly app: FastifyInstance;
  readonly drain: Drain;
  /** How often each mutation has run. */
  readonly executed: Record<string, number>;
  graphql(query: string, options?: { variables?: object; headers?: Record<string, string> }): Promise<GraphqlResponse>;
  post(body: string | ReadableStream, headers?: Record<string, string>): Promise<Response>;
}

export interface GraphqlResponse {
  status: number;
  headers: Headers;
  // The shape is what the tests check.
  body: { data?: Record<string, unknown> | null; errors?: GraphQLError[] };
}

export interface HttpOptions {
  http?: Partial<Config['http']>;
  passkeys?: Config['passkeys'];
  production?: boolean;
  log?: Log;
  parts?: Partial<ServerDependencies>;
}

const EMPTY_FEED = { token: 'token', tag: 'tag' };

/** A server on a free port of 127.0.0.1. Close `app` when done. */
export async function startHttp({
  http = {},
  passkeys,
  production = false,
  log = silent,
  parts = {},
}: HttpOptions = {}): Promise<TestServer> {
  const executed: Record<string, number> = {};
  const drain = createDrain({ log, notice: 300 });
  const app = await createServer({
    config: { production, http: { ...HTTP, ...http }, passkeys },
    schema: createSchema(executed),
    log,
    drain,
    authenticate: async (token) => (token.startsWith(ACCEPTED.token) ? ACCEPTED.viewer : undefined),
    introspect: async () => undefined,
    authorise: async () => {},
    refuseImpersonation: async () => {
      throw new Error('no token is of an impersonation');
    },
    requireRecentSignIn: async () => undefined,
    explain: () => 'explained',
    health: async () => ({ status: 'UP', database: 'UP', writes: 'UP', disk: 'UP', store: 'UP', migrations: 'UP' }),
    jwks: async () => ({ keys: [{ kty: 'EC', kid: '1', alg: 'ES256' }] }),
    claims: ['sub'],
    revocationFeed: { read: async () => EMPTY_FEED, readChanged: async () => EMPTY_FEED },
    ...parts,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo; // Listens on TCP.
  const url = `http://127.0.0.1:${port}`;
  const post = (
    body: string | ReadableStream,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => fetch(`${url}/graphql`, { method: 'POST', body, headers });
  const graphql: TestServer['graphql'] = async (query, { variables, headers } = {}) => {
    const response = await post(JSON.stringify({ query, variables }), {
      'content-type': 'application/json',
      ...headers,
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as GraphqlResponse['body'],
    };
  };
  return { url, port, app, drain, executed, graphql, post };
}

const HTTP: Config['http'] = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://localhost:4000',
  secure: false,
  allowedOrigins: ['http://localhost:3000'],
  publicOrigins: [],
  loopbackOrigins: false,
  trustedProxies: [],
  drainDelay: 0,
  graphiql: false,
  introspection: true,
  outboxViewer: false,
};

function createSchema(executed: Record<string, number>) {
  const schema = buildSchema(SDL);
  const resolve = (type: string, field: string, resolver: Resolver) => {
    const found = schema.getType(type);
    if (!found || !('getFields' in found)) throw new Error(`no type ${type}`);
    Object.assign(found.getFields()[field] ?? {}, { resolve: resolver });
  };
  resolve('Query', 'hello', () => 'world');
  resolve('Query', 'echo', (_, { text }) => text);
  resolve('Query', 'colour', (_, { colour }) => colour);
  resolve('Query', 'client', (_, __, { client }) => client);
  resolve('Query', 'me', async (_, __, context) => ({ id: (await readViewer(context)).userId }));
  resolve('Query', 'fails', (_, { how }) => fail(how));
  resolve('Query', 'node', () => ({}));
  resolve('Query', 'slow', (_, { milliseconds }) => new Promise((done) => setTimeout(done, milliseconds, 'done')));
  resolve('Mutation', 'protected', async (_, __, context) => (await readViewer(context)) && 1);
  resolve('Mutation', 'keepCookie', (_, { token }, context) =>
    context.setRefreshCookie({ token, expiresAt: new Date('2030-01-01T00:00:00Z') }),
  );
  resolve('Mutation', 'dropCookie', (_, __, context) => context.setRefreshCookie(undefined));
  resolve('Mutation', 'cookie', (_, __, { refreshCookie }) => refreshCookie);
  resolve('Mutation', 'signIn', async (_, __, context) => {
    context.setViewer(ACCEPTED.viewer);
    return (await readViewer(context)).userId;
  });
  for (const field of ['login', 'reset']) {
    resolve('Mutation', field, () => {
      executed[field] = (executed[field] ?? 0) + 1;
      return executed[field];
    });
  }
  return schema;
}

async function readViewer(context: RequestContext) {
  const viewer = await context.viewer();
  if (!viewer) throw new Unauthenticated();
  return viewer;
}

function fail(how: string): null {
  const sql = Object.assign(new Error(`Failed query: select ${PARAMETER}`), { query: 'select', params: [PARAMETER] });
  if (how === 'BUG') throw new TypeError(`cannot read ${CANARY} of /srv/latchkey/dist/secret.js`);
  if (how === 'SQL') throw sql;
  if (how === 'UNAVAILABLE') throw new Unavailable('database');
  if (how === 'WRAPPED') throw Object.assign(sql, { cause: new Unavailable('database') });
  if (how === 'FOREIGN') throw new GraphQLError(CANARY, { extensions: { code: 'SOMETHING_ELSE', detail: CANARY } });
  return null;
}

/** Writes bytes to the port and returns what comes back until the connection closes or the time is up. */
export function exchangeBytes(port: number, text: string, timeout = 3_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    const received: Buffer[] = [];
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(received).toString());
    };
    const timer = setTimeout(end, timeout);
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('end', end);
    socket.on('error', (error) => (received.length > 0 ? end() : reject(error)));
  });
}

/** Opens a connection. */
export function openConnection(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}
