import type { FastifyInstance } from 'fastify';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

/** `GET /schema.graphql`: the SDL, for code generators. Registered only where introspection is on. */
export function serveSchema(app: FastifyInstance, schema: GraphQLSchema): void {
  let text: string | undefined;
  app.get('/schema.graphql', { exposeHeadRoute: true }, async (_request, reply) => {
    text ??= `${printSchema(lexicographicSortSchema(schema))}\n`;
    // Browsers would download application/graphql.
    return reply.type('text/plain; charset=utf-8').send(text);
  });
}
