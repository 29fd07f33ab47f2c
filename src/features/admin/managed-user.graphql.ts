import { Arg, Ctx, createUnionType, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import {
  AccountDisabled,
  EmailTaken,
  InvalidInput,
  LastAdministrator,
  NotFound,
  OwnAccount,
  PhoneTaken,
  type Problem,
  RateLimited,
} from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user.graphql.ts';
import type { User } from '../accounts/user.ts';
import { LoggedOut, LogoutResult } from '../sessions/session.graphql.ts';
import type { AdminAction } from './admin-action.ts';
import { CreateUserInput, UpdateUserInput } from './managed-user.input.ts';
import type { Recovery } from './recovery.service.ts';
import type { CreateUser } from './user-creation.service.ts';
import type { UserRemoval } from './user-removal.service.ts';
import type { UpdateUser } from './user-update.service.ts';

@ObjectType('AdminUser', { description: 'The account is as asked for.' })
class AdminUser {
  @Field(() => UserType, { description: 'As they are now; of deleteUser: as they were.' })
  readonly user: UserType;
  constructor(user: User) {
    this.user = new UserType(user);
  }
}

@ObjectType('PasswordLinkSent', {
  description: 'A link by which the owner chooses a password is on its way. Nobody but the owner sees it.',
})
class PasswordLinkSent {
  @Field(() => String, { description: 'Where it was sent, masked: a•••@example.com.' })
  readonly sentTo: string;
  @Field(() => DateTime, { description: 'The link is good until then.' })
  readonly expiresAt: Date;
  constructor({ sentTo, expiresAt }: { sentTo: string; expiresAt: Date }) {
    this.sentTo = sentTo;
    this.expiresAt = expiresAt;
  }
}

const AdminUserResult = createUnionType({
  name: 'AdminUserResult',
  description:
    'How a change by an administrator can end. OwnAccount and LastAdministrator: it would have locked you out; of your own account change the address, the number, the roles and the rest by your own operations, or ask another administrator. RateLimited: the invitation cannot be sent now, and nothing was done.',
  types: () =>
    [AdminUser, InvalidInput, EmailTaken, PhoneTaken, NotFound, OwnAccount, LastAdministrator, RateLimited] as const,
});
const SendPasswordResetResult = createUnionType({
  name: 'SendPasswordResetResult',
  description: 'How sending a link to somebody can end. InvalidInput: the account has no address.',
  types: () => [PasswordLinkSent, NotFound, AccountDisabled, InvalidInput, RateLimited] as const,
});

const REASON = {
  nullable: true,
  description: 'Why, for the audit: at most 500 characters on one line. Shown to administrators only.',
};
const WHOSE = { description: 'Whose account.' };

/** A problem as it is, and a user as what the union has for one. */
const shown = <Outcome extends User | Problem>(outcome: Outcome): AdminUser | Exclude<Outcome, User> =>
  'createdAt' in outcome ? new AdminUser(outcome as User) : (outcome as Exclude<Outcome, User>); // Only a row has it.

@Resolver()
export class ManagedUserResolver {
  constructor(
    private readonly create: CreateUser,
    private readonly update: UpdateUser,
    private readonly removal: UserRemoval,
    private readonly recover: Recovery,
  ) {}

  @Allow('ADMIN')
  @Mutation(() => AdminUserResult, {
    description:
      'Administrators only. Makes an account. Without a password its owner gets an invitation by mail: a link, good for 24 hours, by which they choose one. Send another with sendPasswordReset.',
  })
  async createUser(
    @Arg('input', () => CreateUserInput, { description: 'The account to be.' }) input: CreateUserInput,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof AdminUserResult> {
    return shown(await this.create(input, await toAdminAction(context, reason)));
  }

  @Allow('ADMIN')
  @Mutation(() => AdminUserResult, {
    description:
      'Administrators only. Deactivating a user ends their sessions at once, and so does another address or another proved number; the old address is told. Roles count from the next request on.',
  })
  async updateUser(
    @Arg('id', () => ID, WHOSE) id: string,
    @Arg('input', () => UpdateUserInput, { description: 'What to change.' }) input: UpdateUserInput,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof AdminUserResult> {
    return shown(await this.update(id, input, await toAdminAction(context, reason)));
  }

  @Allow('ADMIN')
  @Mutation(() => LogoutResult, { description: 'Administrators only. Ends every session of the user, at once.' })
  async endUserSessions(
    @Arg('id', () => ID, WHOSE) id: string,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof LogoutResult> {
    const ended = await this.removal.endSessions(id, await toAdminAction(context, reason));
    return typeof ended === 'number' ? new LoggedOut(ended) : ended;
  }

  @Allow('ADMIN')
  @Mutation(() => AdminUserResult, {
    description:
      'Administrators only. Deletes the account with everything that it holds, at once and for good, and tells its address. Not your own: that is deleteAccount.',
  })
  async deleteUser(
    @Arg('id', () => ID, WHOSE) id: string,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof AdminUserResult> {
    return shown(await this.removal.delete(id, await toAdminAction(context, reason)));
  }

  @Allow('ADMIN')
  @Mutation(() => SendPasswordResetResult, {
    description:
      'Administrators only. Sends the owner a link by which they choose a password: an invitation again for an account that nobody has signed in to, else a reset. The password stays what it is until then.',
  })
  async sendPasswordReset(
    @Arg('userId', () => ID, WHOSE) userId: string,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof SendPasswordResetResult> {
    const outcome = await this.recover(userId, await toAdminAction(context, reason));
    return 'sentTo' in outcome ? new PasswordLinkSent(outcome) : outcome;
  }
}

const toAdminAction = async (context: RequestContext, reason: string | null): Promise<AdminAction> => ({
  viewer: await requireViewer(context),
  client: context.client,
  reason,
});
