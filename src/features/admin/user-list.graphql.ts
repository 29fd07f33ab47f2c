import { Arg, Args, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { connectionOf, type NodePage } from '../../core/connection.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { isId } from '../../core/ids.ts';
import { encodeCursor } from '../../core/page.ts';
import { PageArgs } from '../../core/page-arguments.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { Role, UserType } from '../accounts/user-type.ts';
import type { UserList } from './user-list.service.ts';
import { placeOfUser, type Total } from './user-list.ts';

const UserOrder = graphqlEnum('UserOrder', 'Sort order of users. Ties are broken by ID.', {
  CREATED_AT_ASC: 'Oldest accounts first.',
  CREATED_AT_DESC: 'Newest accounts first.',
  EMAIL_ASC: 'By email address, bytewise ascending. Accounts without an address come first.',
  EMAIL_DESC: 'By email address, bytewise descending. Accounts without an address come last.',
  LAST_LOGIN_AT_ASC: 'Longest without a sign-in first. Users who never signed in come first.',
  LAST_LOGIN_AT_DESC: 'Latest sign-in first. Users who never signed in come last.',
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
  @Field(() => String, {
    nullable: true,
    description:
      'Domain of the email address, such as example.com: in any letter case, and in Unicode or ASCII. Subdomains are other domains.',
  })
  emailDomain?: string | null;
  @Field(() => String, { nullable: true, description: 'Users with this permission, such as orders:write.' })
  permission?: string | null;
}

@ObjectType('UserConnection', { description: 'A page of users.' })
class UserConnection extends connectionOf(UserType, { name: 'User', one: 'user', many: 'users' }) {
  private counted: Promise<Total> | undefined;

  constructor(
    found: NodePage<UserType>,
    private readonly count: () => Promise<Total>,
  ) {
    super(found);
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
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => UserFilter, { nullable: true, description: 'Filter.' }) filter: UserFilter | null,
    @Arg('orderBy', () => UserOrder, {
      nullable: true,
      defaultValue: UserOrder.CREATED_AT_DESC,
      description: 'Sort order.',
    })
    orderBy: UserOrder | null,
  ): Promise<UserConnection> {
    const order = orderBy ?? UserOrder.CREATED_AT_DESC;
    const { rows, query, total, ...found } = await this.list({ ...page, filter, orderBy: order });
    const nodes = rows.map((user) => new UserType(user));
    const cursors = rows.map((user) => encodeCursor(query.by, placeOfUser(user, query.by)));
    return new UserConnection({ ...found, page: query.page, nodes, cursors }, total);
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
