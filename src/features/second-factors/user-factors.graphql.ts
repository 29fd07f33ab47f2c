import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { Db } from '../../infra/db/client.ts';
import { UserType } from '../accounts/user-type.ts';
import type { RecoveryCodes } from '../factors/recovery-code.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';

/** One query for all users of a list. */
const OPTIONS = { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 };

@Resolver(() => UserType)
export class UserFactorsResolver {
  private readonly totpOwners: DataLoader<string, boolean>;
  private readonly recoveryCodes: DataLoader<string, number>;

  constructor(db: Db, totp: Pick<TotpFactors, 'owners'>, recoveryCodes: Pick<RecoveryCodes, 'counts'>) {
    this.totpOwners = new DataLoader<string, boolean>(async (ids) => {
      const owners = await totp.owners(db, ids);
      return ids.map((id) => owners.has(id));
    }, OPTIONS);
    this.recoveryCodes = new DataLoader<string, number>(async (ids) => {
      const counts = await recoveryCodes.counts(db, ids);
      return ids.map((id) => counts.get(id) ?? 0);
    }, OPTIONS);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the user has an authenticator app. Visible to the user, staff and administrators.',
  })
  totpEnabled(@Root() user: UserType): Promise<boolean> {
    return this.totpOwners.load(user.id);
  }

  @FieldResolver(() => Int, {
    description: 'How many recovery codes the user has left. Visible to the user and to administrators.',
  })
  async recoveryCodesRemaining(@Root() user: UserType, @Ctx() context: RequestContext): Promise<number> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('ADMIN', 'User.recoveryCodesRemaining');
    return this.recoveryCodes.load(user.id);
  }
}
