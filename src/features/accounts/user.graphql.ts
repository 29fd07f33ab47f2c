import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { Unauthenticated } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { RequestContext } from '../../core/request.ts';
import { MaxBytes } from '../../core/response-size.ts';
import { JSONObject } from '../../core/scalars.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Accounts } from './account.service.ts';
import type { Authority } from './authority.service.ts';
import type { Metadata } from './metadata.service.ts';
import { METADATA_MAX_BYTES } from './metadata.ts';
import { UserType } from './user-type.ts';

@Resolver(() => UserType)
export class UserResolver {
  /** One query for all users of a list. */
  private readonly holders: DataLoader<string, boolean>;

  constructor(
    db: Db,
    private readonly accounts: Accounts,
    passwords: Passwords,
    private readonly metadata: Metadata,
    private readonly authority: Pick<Authority, 'allows'>,
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

  @MaxBytes(METADATA_MAX_BYTES)
  @FieldResolver(() => JSONObject, {
    description:
      'Data of the surrounding app, at most 4 KiB of JSON. Set by administrators; visible to the user. Claims of access tokens can be taken from it.',
  })
  async publicMetadata(@Root() user: UserType): Promise<JsonObject> {
    return (await this.metadata.of(user.id)).publicMetadata;
  }

  @MaxBytes(METADATA_MAX_BYTES)
  @FieldResolver(() => JSONObject, {
    nullable: true,
    description:
      'Data of the surrounding app that only administrators may read, at most 4 KiB of JSON. Null for everyone else, also for the user.',
  })
  async privateMetadata(@Root() user: UserType, @Ctx() context: RequestContext): Promise<JsonObject | null> {
    const viewer = await context.viewer();
    if (!viewer || !(await this.authority.allows(viewer, 'ADMIN'))) return null;
    return (await this.metadata.of(user.id)).privateMetadata;
  }
}
