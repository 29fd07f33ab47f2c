import { Arg, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { isId } from '../../core/ids.ts';
import { graphqlEnum } from '../../core/problems.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { Role, UserType } from '../accounts/user.graphql.ts';
import { cursorOf, PAGE } from './page.ts';
import { PageInfo } from './page-info.ts';
import type { UserList } from './user-list.service.ts';
import { placeOfUser, type Total } from './user-list.ts';

const UserOrder = graphqlEnum('UserOrder', 'How a list of users is sorted. Equal ones are told apart by their ids.', {
  CREATED_AT_ASC: 'The oldest account first.',
  CREATED_AT_DESC: 'The newest account first.',
  EMAIL_ASC: 'By address, by the bytes of it; accounts without one come first.',
  EMAIL_DESC: 'The other way round; accounts without an address come last.',
});
type UserOrder = keyof typeof UserOrder;

@InputType('UserFilter', { description: 'Which users. What is omitted does not count; what is given counts together.' })
class UserFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Part of an email, phone or name: the beginning of the address, of the number in international form, of the first or last name or of the company, whatever the letter case. Of two such beginnings both have to fit: ada love. No sign is a wildcard.',
  })
  search?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the account may be signed in to.' })
  isActive?: boolean | null;
  @Field(() => Role, { nullable: true, description: 'Who has this role.' })
  role?: Role | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the address is proved. False: also who has none.' })
  emailVerified?: boolean | null;
}

@ObjectType('UserEdge', { description: 'A user in a list.' })
class UserEdge {
  @Field(() => String, { description: 'The place in the list: what `after` and `before` take.' })
  readonly cursor: string;
  @Field(() => UserType, { description: 'Who stands there.' })
  readonly node: UserType;
  constructor(cursor: string, node: UserType) {
    this.cursor = cursor;
    this.node = node;
  }
}

@ObjectType('UserConnection', { description: 'A page of users.' })
class UserConnection {
  @Field(() => [UserEdge], { description: 'The users of the page with their places.' })
  readonly edges: readonly UserEdge[];
  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo: PageInfo;
  private counted: Promise<Total> | undefined;

  constructor(
    private readonly count: () => Promise<Total>,
    edges: readonly UserEdge[],
    pageInfo: PageInfo,
  ) {
    this.edges = edges;
    this.pageInfo = pageInfo;
  }

  @Field(() => [UserType], { description: 'The users of the page.' })
  get nodes(): UserType[] {
    return this.edges.map(({ node }) => node);
  }
  @Field(() => Int, {
    description:
      'How many users the filter fits. Exact up to 5,000, of a search up to 2,000; beyond, what the database expects from its statistics. Counted only when it is asked for.',
  })
  async totalCount(): Promise<number> {
    return (await this.total()).count;
  }
  @Field(() => Boolean, { description: 'Whether totalCount is such an expectation.' })
  async totalCountIsEstimate(): Promise<boolean> {
    return (await this.total()).isEstimate;
  }

  private total(): Promise<Total> {
    this.counted ??= this.count();
    return this.counted;
  }
}

@Resolver()
export class UserListResolver {
  constructor(
    private readonly list: UserList,
    private readonly accounts: Accounts,
  ) {}

  @Allow('STAFF')
  @Query(() => UserConnection, {
    description: 'Administrators only. Keyset pagination: the cost of a page does not grow with its depth.',
  })
  async users(
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE, description: 'At most so many, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Behind this place.' }) after: string | null,
    @Arg('last', () => Int, {
      nullable: true,
      description: 'Backward: the last so many, 1 to 100, instead of `first`.',
    })
    last: number | null,
    @Arg('before', () => String, { nullable: true, description: 'In front of this place; with `last`.' })
    before: string | null,
    @Arg('filter', () => UserFilter, { nullable: true, description: 'Which users.' }) filter: UserFilter | null,
    @Arg('orderBy', () => UserOrder, {
      nullable: true,
      defaultValue: UserOrder.CREATED_AT_DESC,
      description: 'How they are sorted.',
    })
    orderBy: UserOrder | null,
  ): Promise<UserConnection> {
    const order = orderBy ?? UserOrder.CREATED_AT_DESC;
    const { rows, hasMore, query, total } = await this.list({ first, after, last, before, filter, orderBy: order });
    const edges = rows.map((user) => new UserEdge(cursorOf(query.by, placeOfUser(user, query.by)), new UserType(user)));
    const cursors = edges.map(({ cursor }) => cursor);
    return new UserConnection(total, edges, new PageInfo(query.page, hasMore, cursors));
  }

  @Allow('STAFF')
  @Query(() => UserType, { nullable: true, description: 'Administrators only. Null when there is no such user.' })
  async user(@Arg('id', () => ID, { description: 'Whose account.' }) id: string): Promise<UserType | null> {
    const user = isId(id) ? await this.accounts.byId(id) : undefined;
    return user ? new UserType(user) : null;
  }
}
