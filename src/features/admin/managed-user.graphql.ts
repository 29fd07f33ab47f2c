import { Arg, Ctx, createUnionType, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { LastAdministrator, OwnAccount } from '../../core/admin-problems.ts';
import {
  AccountDisabled,
  EmailTaken,
  InvalidInput,
  isProblem,
  NotFound,
  PhoneTaken,
  type Problem,
  RateLimited,
} from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { User } from '../accounts/user.ts';
import { UserType } from '../accounts/user-type.ts';
import { LoggedOut, LogoutResult } from '../sessions/logged-out.ts';
import type { AdminAction } from './admin-action.ts';
import { CreateUserInput, changesAccess, grantsAccess, UpdateUserInput } from './managed-user-input.ts';
import type { Recovery } from './recovery.service.ts';
import type { ResetSecondFactors } from './second-factor-reset.service.ts';
import { UserChanged } from './user-changed.ts';
import type { CreateUser } from './user-creation.service.ts';
import type { UserRemoval } from './user-removal.service.ts';
import type { UpdateUser } from './user-update.service.ts';

@ObjectType('AdminUser', { description: 'The change was made.' })
class AdminUser {
  @Field(() => UserType, { description: 'The user after the change. For deleteUser: before the deletion.' })
  readonly user: UserType;
  constructor(user: User) {
    this.user = new UserType(user);
  }
}

@ObjectType('PasswordLinkSent', {
  description: 'A link for choosing a password is being sent to the owner. It is not shown to administrators.',
})
class PasswordLinkSent {
  @Field(() => String, { description: 'The recipient, masked: a•••@example.com.' })
  readonly sentTo: string;
  @Field(() => DateTime, { description: 'When the link expires.' })
  readonly expiresAt: Date;
  constructor({ sentTo, expiresAt }: { sentTo: string; expiresAt: Date }) {
    this.sentTo = sentTo;
    this.expiresAt = expiresAt;
  }
}

const AdminUserResult = createUnionType({
  name: 'AdminUserResult',
  description:
    'Possible outcomes of an administrative change. ReauthenticationRequired: the administrator has not signed in within the last ten minutes. OwnAccount and LastAdministrator: the change could have locked you out; use the operations for your own account, or ask another administrator. RateLimited: the invitation cannot be sent now and no account was created. UserChanged: only from updateUser with expectedUpdatedAt.',
  types: () =>
    [
      AdminUser,
      InvalidInput,
      EmailTaken,
      PhoneTaken,
      NotFound,
      OwnAccount,
      LastAdministrator,
      RateLimited,
      ReauthenticationRequired,
      UserChanged,
    ] as const,
});
const SendPasswordResetResult = createUnionType({
  name: 'SendPasswordResetResult',
  description: 'Possible outcomes of sendPasswordReset. InvalidInput: the account has no email address.',
  types: () =>
    [PasswordLinkSent, NotFound, AccountDisabled, InvalidInput, RateLimited, ReauthenticationRequired] as const,
});

const REQUIRED_REASON = 'Reason for the audit log, at most 500 characters on one line. Visible to administrators only.';
const REASON = { nullable: true, description: REQUIRED_REASON };
const WHOSE = { description: 'User ID.' };

/** Wraps a user for the union; problems are members of it already. */
const show = <P extends Problem>(outcome: User | P): AdminUser | P =>
  isProblem(outcome) ? (outcome as P) : new AdminUser(outcome as User); // isProblem narrows no generic type.

@Resolver()
export class ManagedUserResolver {
  constructor(
    private readonly create: CreateUser,
    private readonly update: UpdateUser,
    private readonly removal: UserRemoval,
    private readonly recover: Recovery,
    private readonly resetFactors: ResetSecondFactors,
  ) {}

  @Allow('ADMIN')
  @RequiresRecentSignIn({ when: ({ input }) => grantsAccess(input) })
  @Mutation(() => AdminUserResult, {
    description:
      'Administrators only. Creates an account. Without a password, the owner is emailed an invitation: a link, valid for 24 hours, for choosing one. Use sendPasswordReset to send it again. Roles and verified addresses or numbers require a sign-in within the last ten minutes.',
  })
  async createUser(
    @Arg('input', () => CreateUserInput, { description: 'The new account.' }) input: CreateUserInput,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof AdminUserResult> {
    return show(await this.create(input, await toAdminAction(context, reason)));
  }

  @Allow('ADMIN')
  @RequiresRecentSignIn({ when: ({ input }) => changesAccess(input) })
  @Mutation(() => AdminUserResult, {
    description:
      'Administrators only. Changes a user. Deactivating the account, changing its email address and changing its verified number end all sessions; the owner is notified of a new address or number. New roles apply from the next request. Only changes of the profile are allowed without a sign-in within the last ten minutes.',
  })
  async updateUser(
    @Arg('id', () => ID, WHOSE) id: string,
    @Arg('input', () => UpdateUserInput, { description: 'The fields to change.' }) input: UpdateUserInput,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Arg('expectedUpdatedAt', () => DateTime, {
      nullable: true,
      description:
        "The user's updatedAt as you read it. If the user was changed since, nothing is changed and the outcome is UserChanged.",
    })
    expectedUpdatedAt: Date | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof AdminUserResult> {
    return show(await this.update({ id, input, expectedUpdatedAt }, await toAdminAction(context, reason)));
  }

  @Allow('ADMIN')
  @Mutation(() => LogoutResult, { description: "Administrators only. Ends all of the user's sessions immediately." })
  async endUserSessions(
    @Arg('id', () => ID, WHOSE) id: string,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof LogoutResult> {
    const ended = await this.removal.endSessions(id, await toAdminAction(context, reason));
    return typeof ended === 'number' ? new LoggedOut(ended) : ended;
  }

  @Allow('ADMIN')
  @Mutation(() => LogoutResult, {
    description: "Administrators only. Ends one of the user's sessions immediately. Idempotent.",
  })
  async endUserSession(
    @Arg('userId', () => ID, WHOSE) userId: string,
    @Arg('sessionId', () => ID, { description: 'Session ID, as listed by user.sessions.' }) sessionId: string,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof LogoutResult> {
    const ended = await this.removal.endSessions(userId, await toAdminAction(context, reason), sessionId);
    return typeof ended === 'number' ? new LoggedOut(ended) : ended;
  }

  @Allow('ADMIN')
  @RequiresRecentSignIn()
  @Mutation(() => AdminUserResult, {
    description:
      'Administrators only. Permanently deletes the account and its data, and notifies the owner. For your own account use deleteAccount. Requires a sign-in within the last ten minutes.',
  })
  async deleteUser(
    @Arg('id', () => ID, WHOSE) id: string,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof AdminUserResult> {
    return show(await this.removal.delete(id, await toAdminAction(context, reason)));
  }

  @Allow('ADMIN')
  @RequiresRecentSignIn()
  @Mutation(() => SendPasswordResetResult, {
    description:
      'Administrators only. Emails the owner a link for choosing a password: an invitation if the account has no password and its owner never signed in, otherwise a reset. The current password works until a new one is set. Requires a sign-in within the last ten minutes.',
  })
  async sendPasswordReset(
    @Arg('userId', () => ID, WHOSE) userId: string,
    @Arg('reason', () => String, REASON) reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<typeof SendPasswordResetResult> {
    const outcome = await this.recover(userId, await toAdminAction(context, reason));
    return isProblem(outcome) ? outcome : new PasswordLinkSent(outcome);
  }

  @Allow('ADMIN')
  @RequiresRecentSignIn()
  @Mutation(() => AdminUserResult, {
    description:
      'Administrators only. Removes all second factors and passkeys of a user who lost them, ends their sessions and notifies them. A second factor is no longer required. Also for inactive users, but not for your own account. Requires a sign-in within the last ten minutes.',
  })
  async resetSecondFactors(
    @Arg('userId', () => ID, WHOSE) userId: string,
    @Arg('reason', () => String, { description: REQUIRED_REASON }) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<typeof AdminUserResult> {
    return show(await this.resetFactors(userId, await toAdminAction(context, reason)));
  }
}

const toAdminAction = async (context: RequestContext, reason: string | null): Promise<AdminAction> => ({
  viewer: await requireViewer(context),
  client: context.client,
  reason,
});
