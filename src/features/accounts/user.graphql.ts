import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { Unauthenticated } from '../../core/errors.ts';
import type { RequestContext } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Accounts } from './account.service.ts';
import { UserType } from './user-type.ts';

@Resolver(() => UserType)
export class UserResolver {
  /** One query for all users of a list. */
  private readonly holders: DataLoader<string, boolean>;

  constructor(
    db: Db,
    private readonly accounts: Accounts,
    passwords: Passwords,
  ) {
    this.holders = new DataLoader<string, boolean>(
      async (ids) => {
        const holders = await passwords.holders(db, ids);
        return ids.map((id) => holders.has(id));
      },
      { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
    );
  }

  @Allow('SIGNED_IN')
  @Query(() => UserType, {
    nullable: true,
    description: 'The signed-in user. Without a valid access token: null and an UNAUTHENTICATED error.',
  })
  async me(@Ctx() context: RequestContext): Promise<UserType> {
    const viewer = await context.viewer();
    const user = viewer && (await this.accounts.byId(viewer.userId));
    if (!user?.isActive) throw new Unauthenticated();
    return new UserType(user);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the account has a password.' })
  hasPassword(@Root() user: UserType): Promise<boolean> {
    return this.holders.load(user.id);
  }
}
