import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { Verifier } from '@latchkey/verify';
import * as apolloAuth from '@latchkey/verify/apollo';
import * as expressAuth from '@latchkey/verify/express';
import * as fastifyAuth from '@latchkey/verify/fastify';
import * as yogaAuth from '@latchkey/verify/yoga';
import express from 'express';
import fastify from 'fastify';
import { createSchema, createYoga } from 'graphql-yoga';

// Resource servers as their authors write them, each with the same three resources.

export interface ResourceServer {
  url: string;
  /** GraphQL servers have one URL. */
  isGraphql: boolean;
  close(): Promise<void>;
}

interface Options {
  optional?: boolean;
}
export type StartServer = (verifier: Verifier, options?: Options) => Promise<ResourceServer>;

const TYPE_DEFS = /* GraphQL */ `
  type Query {
    whoami: String
    orders: String
    admin: String
  }
`;

const startExpress: StartServer = async (verifier, options) => {
  const app = express();
  app.use(expressAuth.authenticate(verifier, options));
  app.get('/whoami', (request, response) => void response.json(expressAuth.auth(request)?.sub ?? null));
  app.get('/orders', expressAuth.requireScopes('orders:read'), (_request, response) => void response.json('orders'));
  app.get('/admin', expressAuth.requireRoles('ADMIN'), (_request, response) => void response.json('admin'));
  return listen(app, false);
};

const startFastify: StartServer = async (verifier, options) => {
  const app = fastify();
  app.addHook('onRequest', fastifyAuth.authenticate(verifier, options));
  app.get('/whoami', async (request, reply) => reply.send(JSON.stringify(fastifyAuth.auth(request)?.sub ?? null)));
  app.get('/orders', { preHandler: fastifyAuth.requireScopes('orders:read') }, async () => '"orders"');
  app.get('/admin', { preHandler: fastifyAuth.requireRoles('ADMIN') }, async () => '"admin"');
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, isGraphql: false, close: () => app.close() };
};

const startYoga: StartServer = async (verifier, options) => {
  const yoga = createYoga<object, yogaAuth.AuthContext>({
    plugins: [yogaAuth.useAccessTokens(verifier, options)],
    logging: false,
    schema: createSchema<yogaAuth.AuthContext>({
      typeDefs: TYPE_DEFS,
      resolvers: {
        Query: {
          whoami: (_parent, _args, { auth }) => auth?.sub ?? null,
          orders(_parent, _args, { auth }) {
            yogaAuth.requireScopes(auth, 'orders:read');
            return 'orders';
          },
          admin(_parent, _args, { auth }) {
            yogaAuth.requireRoles(auth, 'ADMIN');
            return 'admin';
          },
        },
      },
    }),
  });
  return listen(yoga, true);
};

const startApollo: StartServer = async (verifier, options) => {
  const server = new ApolloServer<apolloAuth.AuthContext>({
    typeDefs: TYPE_DEFS,
    resolvers: {
      Query: {
        whoami: (_parent, _args, { auth }) => auth?.sub ?? null,
        orders(_parent, _args, { auth }) {
          apolloAuth.requireScopes(auth, 'orders:read');
          return 'orders';
        },
        admin(_parent, _args, { auth }) {
          apolloAuth.requireRoles(auth, 'ADMIN');
          return 'admin';
        },
      },
    },
  });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: apolloAuth.createContext(verifier, options),
  });
  return { url: url.replace(/\/$/, ''), isGraphql: true, close: () => server.stop() };
};

export const SERVERS: Record<string, StartServer> = {
  Express: startExpress,
  Fastify: startFastify,
  'GraphQL Yoga': startYoga,
  'Apollo Server': startApollo,
};

async function listen(listener: RequestListener, isGraphql: boolean): Promise<ResourceServer> {
  const server: Server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // Listens on TCP.
  return {
    url: `http://127.0.0.1:${port}${isGraphql ? '/graphql' : ''}`,
    isGraphql,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
