import type { GraphQLDataSource } from '@apollo/gateway';
import { buildSchema, graphql } from 'graphql';

// A subgraph of another team, which runs in the process of the gateway.

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

/** A shop: its own stub of User and its own PageInfo. */
const SHOP = `
  type Order @key(fields: "id") { id: ID! user: User! }
  type User @key(fields: "id") { id: ID! orders: [Order!]! }
  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
  type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
  type Query { orders: OrderConnection! }
`;

/** Names that collide with ours unless we have a prefix. */
const COLLIDING = `
  interface Node { id: ID! createdAt: String! }
  type Session implements Node @key(fields: "id") { id: ID! createdAt: String! cart: String! }
  type NotFound { what: String! }
  type Health { isOpen: Boolean! }
  union CheckoutResult = Session | NotFound
  extend type Query {
    node(id: ID!): Node
    health: Health!
    me: ID
    checkout: CheckoutResult!
  }
`;

/** Relay's node, as another subgraph may have it. */
const NODE = `
  interface Node { id: ID! createdAt: String! }
  extend type Query { node(id: ID!): Node }
`;

const body = { shop: SHOP, 'shop with node': SHOP + NODE, 'shop with colliding names': SHOP + COLLIDING };
export type OtherSubgraph = keyof typeof body;

/** What composition reads. */
export const sdlOf = (name: OtherSubgraph): string => LINK + body[name];

/** The subgraph as a data source of the gateway, with an order of each user. */
export function ordersOf(name: OtherSubgraph, userIds: readonly string[]): GraphQLDataSource {
  const entities =
    'scalar _Any union _Entity = User extend type Query { _entities(representations: [_Any!]!): [_Entity]! }';
  const schema = buildSchema(body[name].replaceAll(/ @(?:key\(.*?\)|shareable)/g, '') + entities);
  const orders = userIds.map((id, index) => ({ id: `order-${index}`, user: { id } }));
  const rootValue = {
    orders: { nodes: orders, pageInfo: { hasNextPage: false, hasPreviousPage: false } },
    health: { isOpen: true },
    checkout: { __typename: 'Session', id: 's', createdAt: 'now', cart: 'empty' },
    node: ({ id }: { id: string }) => ({ __typename: 'Session', id, createdAt: 'now', cart: 'empty' }),
    _entities: ({ representations }: { representations: { id: string }[] }) =>
      representations.map(({ id }) => ({
        __typename: 'User',
        id,
        orders: orders.filter(({ user }) => user.id === id),
      })),
  };
  return {
    async process({ request: { query = '', variables } }) {
      const { data, errors } = await graphql({ schema, source: query, variableValues: variables ?? {}, rootValue });
      return { data: data ?? null, ...(errors && { errors: errors.map((error) => error.toJSON()) }) };
    },
  };
}
