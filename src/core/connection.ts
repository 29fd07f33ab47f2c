import { type ClassType, Field, ObjectType } from 'type-graphql';
import { MAX_CURSOR_LENGTH, type Page } from './page.ts';
import { PageInfo } from './page-info.ts';
import { MaxBytes } from './response-size.ts';

/** A page of nodes, in list order. */
export interface NodePage<Node> {
  page: Page;
  hasMore: boolean;
  nodes: readonly Node[];
  /** One for each node. */
  cursors: readonly string[];
}

/**
 * The base of a connection of Relay's specification, with the type `<name>Edge`: derive from it the type
 * `<name>Connection`. `nodes` and `edges` have the same nodes.
 * @param one such as "user"
 * @param many such as "users"
 */
export function connectionOf<Node extends object>(
  node: ClassType<Node>,
  { name, one, many }: { name: string; one: string; many: string },
) {
  @ObjectType(`${name}Edge`, { description: `A position in a page of ${many}.` })
  class Edge {
    @MaxBytes(MAX_CURSOR_LENGTH)
    @Field(() => String, { description: 'Position in the list. Pass it as `after` or `before`.' })
    readonly cursor: string;
    @Field(() => node, { description: `The ${one}.` })
    readonly node: Node;
    constructor(cursor: string, node: Node) {
      this.cursor = cursor;
      this.node = node;
    }
  }

  @ObjectType()
  abstract class Connection {
    @Field(() => [node], { description: `The ${many} on this page.` })
    readonly nodes: readonly Node[];
    @Field(() => PageInfo, { description: 'Pagination details.' })
    readonly pageInfo: PageInfo;
    private readonly cursors: readonly string[];

    constructor({ page, hasMore, nodes, cursors }: NodePage<Node>) {
      this.nodes = nodes;
      this.cursors = cursors;
      this.pageInfo = new PageInfo(page, hasMore, cursors);
    }

    @Field(() => [Edge], { description: `The ${many} on this page, with their cursors.` })
    get edges(): Edge[] {
      return this.nodes.map((node, index) => new Edge(this.cursors[index] ?? '', node));
    }
  }

  return Connection;
}
