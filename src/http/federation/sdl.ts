import {
  type ConstDirectiveNode,
  type GraphQLSchema,
  lexicographicSortSchema,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  printSchema,
  visit,
} from 'graphql';

/** The oldest version 2: we need no more, and every router knows it. */
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])';

/** Directives by type. PageInfo is the same in every subgraph that follows Relay. */
const DIRECTIVES: Readonly<Record<string, readonly ConstDirectiveNode[]>> = {
  User: readDirectives('@key(fields: "id")'),
  PageInfo: readDirectives('@shareable'),
};

/** The subgraph's schema, as composition reads it: without the fields that routers call. */
export function printSubgraph(schema: GraphQLSchema): string {
  const document = visit(parse(printSchema(lexicographicSortSchema(schema))), {
    ObjectTypeDefinition: (node): ObjectTypeDefinitionNode => ({
      ...node,
      directives: [...(node.directives ?? []), ...(DIRECTIVES[node.name.value] ?? [])],
    }),
  });
  return `${LINK}\n\n${print(document)}\n`;
}

function readDirectives(text: string): readonly ConstDirectiveNode[] {
  const [definition] = parse(`type T ${text}`).definitions;
  return definition?.kind === 'ObjectTypeDefinition' ? (definition.directives ?? []) : [];
}
