import { Arg, Ctx, createUnionType, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { OwnAccount } from '../../core/admin-problems.ts';
import { AccountDisabled, InvalidInput, isProblem, NotFound } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user-type.ts';
import { SessionType } from '../sessions/session-type.ts';
import type { Impersonate, Impersonated } from './impersonate.service.ts';

@ObjectType('Impersonation', { description: 'An administrator acts as a user.' })
class Impersonation {
  @Field(() => String, {
    description:
      'A JWT (RFC 9068) of the user, with the claim act (RFC 8693): the ID of the administrator. There is no refresh token.',
  })
  readonly accessToken: string;
  @Field(() => DateTime, { description: 'When the access token and the session expire: after 15 minutes.' })
  readonly accessTokenExpiresAt: Date;
  @Field(() => SessionType, { description: 'The session, which the user sees in the list, too. End it with logout.' })
  readonly session: SessionType;
  @Field(() => UserType, { description: 'The user.' })
  readonly user: UserType;

  constructor({ access, session, user }: Impersonated) {
    this.accessToken = access.token;
    this.accessTokenExpiresAt = access.expiresAt;
    this.session = new SessionType(session);
    this.user = new UserType(user);
  }
}

const ImpersonateResult = createUnionType({
  name: 'ImpersonateResult',
  description:
    'Possible outcomes of impersonate. InvalidInput: the reason is missing, or the user is staff or an administrator. OwnAccount: it is your own.',
  types: () => [Impersonation, AccountDisabled, InvalidInput, NotFound, OwnAccount, ReauthenticationRequired] as const,
});

@Resolver()
export class ImpersonationResolver {
  constructor(private readonly start: Impersonate) {}

  @Allow('ADMIN')
  @RequiresRecentSignIn()
  @Mutation(() => ImpersonateResult, {
    description:
      "Administrators only. Issues a 15-minute access token for acting as a user without roles, without a refresh token. It carries the act claim (RFC 8693), and the session is listed among the user's. With it, operations that require a recent sign-in return ReauthenticationRequired, and other mutations except updateProfile, logout, logoutAll and revokeSession are FORBIDDEN. It ends when the administrator loses the role or one of their sessions is ended. Requires a sign-in within the last ten minutes.",
  })
  async impersonate(
    @Arg('userId', () => ID, { description: 'User ID.' }) userId: string,
    @Arg('reason', () => String, {
      description: 'Reason for the audit log, at most 500 characters on one line. Visible to administrators only.',
    })
    reason: string,
    @Ctx() context: RequestContext,
  ): Promise<typeof ImpersonateResult> {
    const viewer = await requireViewer(context);
    const outcome = await this.start(userId, { viewer, client: context.client, reason });
    return isProblem(outcome) ? outcome : new Impersonation(outcome);
  }
}
