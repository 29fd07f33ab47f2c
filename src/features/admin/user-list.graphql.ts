import { Arg, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { isId } from '../../core/ids.ts';
import { DEFAULT_PAGE_SIZE, encodeCursor, MAX_CURSOR_LENGTH } from '../../core/page.ts';
import { PageInfo } from '../../core/page-info.ts';
import { MaxBytes } from '../../core/response-size.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { Role, UserType } from '../accounts/user-type.ts';
import type { UserList } from './user-list.service.ts';
import { placeOfUser, type Total } from './user-list.ts';

const UserOrder = graphqlEnum('UserOrder', 'Sort order of users. Ties are broken by ID.', {
  CREATED_AT_ASC: 'Oldest accounts first.',
  CREATED_AT_DESC: 'Newest accounts first.',
  EMAIL_ASC: 'By email address, bytewise ascending. Accounts without an address come first.',
  EMAIL_DESC: 'By email address, bytewise descending. Accounts without an address come last.',
});
type UserOrder = keyof typeof UserOrder;

@InputType('UserFilter', { description: 'Filters users. All given conditions must match.' })
class UserFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Prefix of the email address, phone number (international format), first name, last name or company name, case-insensitive. Prefixes can be combined, such as "ada love"; each must match. There are no wildcards.',
  })
  search?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the account is active.' })
  isActive?: boolean | null;
  @Field(() => Role, { nullable: true, description: 'Users with this role.' })
  role?: Role | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the email address is verified. False includes users without an address.',
  })
  emailVerified?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether signing in requires a second factor.' })
  secondFactorRequired?: boolean | null;
}

@ObjectType('UserEdge', { description: 'A user in a page of results.' })
class UserEdge {
  @MaxBytes(MAX_CURSOR_LENGTH)
  @Field(() => String, { description: 'Position in the list. Pass it as `after` or `before`.' })
  readonly cursor: string;
  @Field(() => UserType, { description: 'The user.' })
  readonly node: UserType;
  constructor(cursor: string, node: UserType) {
    this.cursor = cursor;
    this.node = node;
  }
}

@ObjectType('UserConnection', { description: 'A page of users.' })
class UserConnection {
  @Field(() => [UserEdge], { description: 'The users on this page, with their cursors.' })
  readonly edges: readonly UserEdge[];
  @Field(() => PageInfo, { description: 'Pagination details.' })
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

  @Field(() => [UserType], { description: 'The users on this page.' })
  get nodes(): UserType[] {
    return this.edges.map(({ node }) => node);
  }
  @Field(() => Int, {
    description:
      'Number of users that match the filter. Exact up to 5,000 (2,000 with `search`); above that, an estimate from database statistics. Computed only if requested.',
  })
  async totalCount(): Promise<number> {
    return (await this.total()).count;
  }
  @Field(() => Boolean, { description: 'Whether totalCount is an estimate.' })
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
    description:
      'For callers with the role STAFF or ADMIN. Lists users with keyset pagination: deep pages cost no more than the first.',
  })
  async users(
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_PAGE_SIZE, description: 'Page size, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Returns users after this cursor.' }) after:
      | string
      | null,
    @Arg('last', () => Int, {
      nullable: true,
      description: 'Page size for backward pagination, 1 to 100, instead of `first`.',
    })
    last: number | null,
    @Arg('before', () => String, { nullable: true, description: 'Returns users before this cursor. Used with `last`.' })
    before: string | null,
    @Arg('filter', () => UserFilter, { nullable: true, description: 'Filter.' }) filter: UserFilter | null,
    @Arg('orderBy', () => UserOrder, {
      nullable: true,
      defaultValue: UserOrder.CREATED_AT_DESC,
      description: 'Sort order.',
    })
    orderBy: UserOrder | null,
  ): Promise<UserConnection> {
    const order = orderBy ?? UserOrder.CREATED_AT_DESC;
    const { rows, hasMore, query, total } = await this.list({ first, after, last, before, filter, orderBy: order });
    const edges = rows.map(
      (user) => new UserEdge(encodeCursor(query.by, placeOfUser(user, query.by)), new UserType(user)),
    );
    const cursors = edges.map(({ cursor }) => cursor);
    return new UserConnection(total, edges, new PageInfo(query.page, hasMore, cursors));
  }

  @Allow('STAFF')
  @Query(() => UserType, {
    nullable: true,
    description: 'For callers with the role STAFF or ADMIN. Null if the user does not exist.',
  })
  async user(@Arg('id', () => ID, { description: 'User ID.' }) id: string): Promise<UserType | null> {
    const user = isId(id) ? await this.accounts.byId(id) : undefined;
    return user ? new UserType(user) : null;
  }
}
