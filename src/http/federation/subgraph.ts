import {
  type GraphQLFieldConfig,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
} from 'graphql';
import { access } from '../../core/access.ts';
import type { RequestContext } from '../../core/request.ts';
import { maxBytes, sizedBy } from '../../core/response-size.ts';
import { Any, resolveEntities, type UserReference, type UserSource } from './entities.ts';
import { subgraphNames } from './names.ts';
import { renameSchema } from './renamed-schema.ts';
import { printSubgraph } from './sdl.ts';

// The subgraph specification: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
// docs/decisions/0022 explains why this is not @apollo/subgraph.

/** The SDL of the subgraph, for composition. */
export const printSubgraphOf = (schema: GraphQLSchema, prefix: string): string =>
  printSubgraph(renameSchema(schema, subgraphNames(prefix)));

/** The schema with the fields that routers call: `_service` for composition, `_entities` for users of other subgraphs. */
export function buildSubgraph(schema: GraphQLSchema, prefix: string, users: UserSource): GraphQLSchema {
  const renamed = renameSchema(schema, subgraphNames(prefix));
  const [query, user] = [renamed.getQueryType(), renamed.getType('User')];
  if (!query || !isObjectType(user)) throw new Error('the schema has no queries or no users');
  const config = query.toConfig();
  const fields = {
    ...config.fields,
    _service: service(printSubgraph(renamed)),
    _entities: entities(user, users),
  };
  return new GraphQLSchema({
    ...renamed.toConfig(),
    query: new GraphQLObjectType({ ...config, fields }),
    types: Object.values(renamed.getTypeMap()).filter((type) => type !== query && !type.name.startsWith('__')),
  });
}

type Field = GraphQLFieldConfig<unknown, RequestContext>;

function service(sdl: string): Field {
  const extensions = maxBytes(Buffer.byteLength(JSON.stringify(sdl)));
  const fields = { sdl: { type: new GraphQLNonNull(GraphQLString), extensions } };
  return {
    type: new GraphQLNonNull(new GraphQLObjectType({ name: '_Service', fields })),
    description: 'The schema for composition.',
    extensions: access('PUBLIC'),
    resolve: () => ({ sdl }),
  };
}

function entities(user: GraphQLObjectType, users: UserSource): Field {
  const Entity = new GraphQLUnionType({ name: '_Entity', types: [user], resolveType: () => user.name });
  return {
    type: new GraphQLNonNull(new GraphQLList(Entity)),
    description: 'Users to which other subgraphs refer. Fields other than `id` are visible to the user and to staff.',
    args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))) } },
    // Which users a caller sees is decided for each.
    extensions: { ...access('PUBLIC'), ...sizedBy('representations') },
    // Any has parsed the argument.
    resolve: (_, { representations }: { representations?: readonly UserReference[] }, context, info) =>
      resolveEntities(representations ?? [], users, context, info),
  };
}
