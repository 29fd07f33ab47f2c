import { setFlagsFromString } from 'node:v8';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';

// The baseline for `me`: Apollo Server with Fastify, set up as in their manuals, with a constant resolver. No database,
// token, limits or log. V8 has the same flags as in `latchkey serve`.

setFlagsFromString('--heap-growing-percent=50');

const typeDefs = `
  type Query { me: User }
  type User { id: ID! email: String }
`;
const user = { id: '0198f0a0-0000-7000-8000-000000000000', email: 'an.address-of-average-length@example.com' };

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
