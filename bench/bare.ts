import { setFlagsFromString } from 'node:v8';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';

// What `me` is measured against: Apollo Server on Fastify as their manuals put them together, with a resolver that
// does nothing. No database, no token, no limits, no log. V8 is set as `latchkey serve` sets it.

setFlagsFromString('--heap-growing-percent=50');

const typeDefs = `
  type Query { me: User }
  type User { id: ID! email: String }
`;
const user = { id: '0198f0a0-0000-7000-8000-000000000000', email: 'somebody.of-the-usual-length@example.com' };

const app = Fastify();
const apollo = new ApolloServer({
  typeDefs,
  resolvers: { Query: { me: () => user } },
  plugins: [fastifyApolloDrainPlugin(app)],
});
await apollo.start();
app.route({ url: '/graphql', method: ['POST'], handler: fastifyApolloHandler(apollo) });
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
process.send?.('listening');
process.on('disconnect', () => process.exit());
