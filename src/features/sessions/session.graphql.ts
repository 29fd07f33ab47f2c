import {
  Arg,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Allow, AllowInImpersonation } from '../../core/access.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { requireValidSize } from '../../core/page.ts';
import { isProblem, type NotFound, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { RefreshRejected } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user-type.ts';
import { Authenticated, deliver, forgetCookie } from './authenticated.ts';
import { LoggedOut, LogoutResult } from './logged-out.ts';
import type { Refresh, RefreshOutcome } from './refresh.service.ts';
import type { Sessions } from './session.service.ts';
import type { SessionEnding } from './session-ending.service.ts';
import { SessionType } from './session-type.ts';
import type { CheckToken } from './token-check.service.ts';

const TokenType = graphqlEnum('TokenType', 'Kind of token.', {
  ACCESS: 'Access token: short-lived, authenticates requests.',
  REFRESH: 'Refresh token: long-lived, exchanged for new tokens.',
});
type TokenType = keyof typeof TokenType;

@ObjectType('TokenStatus', { description: 'Status of a token.' })
class TokenStatus {
  @Field(() => Boolean, { description: 'Whether the token is accepted now. If false, the other fields are null.' })
  active!: boolean;
  @Field(() => TokenType, { nullable: true, description: 'Kind of token.' })
  tokenType?: TokenType;
  @Field(() => ID, { nullable: true, description: 'ID of the user it belongs to.' })
  userId?: string;
  @Field(() => ID, { nullable: true, description: 'ID of the session it belongs to.' })
  sessionId?: string;
  @Field(() => DateTime, { nullable: true, description: 'When it expires.' })
  expiresAt?: Date;
}

const RefreshResult = createUnionType({
  name: 'RefreshResult',
  description: 'Possible outcomes of refresh.',
  types: () => [Authenticated, RefreshRejected, RateLimited] as const,
});

@InputType('RefreshInput', { description: 'The refresh token to exchange.' })
class RefreshInput {
  @Field(() => String, { nullable: true, description: 'Omit it if the token is in the cookie.' })
  refreshToken?: string | null;
}
@InputType('LogoutInput', { description: 'The session to end.' })
class LogoutInput {
  @Field(() => String, {
    nullable: true,
    description: 'If omitted, ends the session of the cookie or the access token.',
  })
  refreshToken?: string | null;
}
@InputType('LogoutAllInput', { description: 'Which sessions to keep.' })
class LogoutAllInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Keeps the current session.' })
  exceptCurrent!: boolean;
}

/** While an administrator acts as a user, the cookie is that of the administrator's own session, which stays. */
const ownCookie = (context: RequestContext): string | undefined =>
  context.claimsImpersonation ? undefined : context.refreshCookie;

@Resolver()
export class SessionResolver {
  constructor(
    private readonly checkToken: CheckToken,
    private readonly exchange: Refresh,
    private readonly ending: SessionEnding,
  ) {}

  @Allow('PUBLIC')
  @Query(() => TokenStatus, {
    description: 'Checks whether an access or refresh token is accepted now: signature, expiry and revocation.',
  })
  async verifyToken(
    @Arg('token', () => String, { description: 'An access or refresh token.' }) token: string,
    @Ctx() { client }: RequestContext,
  ): Promise<TokenStatus> {
    const status = await this.checkToken(token, client);
    return status ? { active: true, ...status } : { active: false };
  }

  @Allow('PUBLIC')
  @Mutation(() => RefreshResult, {
    description:
      'Exchanges a refresh token for new tokens. Concurrent requests with the same token all get the same successor. So does a retry after a lost response, for up to 24 hours, until the new tokens are used.',
  })
  async refresh(
    @Arg('input', () => RefreshInput, {
      defaultValue: {},
      description: 'The refresh token, unless it is in the cookie.',
    })
    input: RefreshInput,
    @Ctx() context: RequestContext,
  ): Promise<RefreshOutcome> {
    const transport = input.refreshToken ? 'BODY' : 'COOKIE';
    const outcome = await this.exchange(input.refreshToken || context.refreshCookie, context.client);
    if (transport === 'COOKIE' && outcome instanceof RefreshRejected) forgetCookie(context);
    return deliver(outcome, transport, context);
  }

  @Allow('PUBLIC')
  @AllowInImpersonation()
  @Mutation(() => LogoutResult, {
    description:
      'Ends the session of the refresh token, the cookie or the access token. If there is none, returns LoggedOut with sessionsEnded 0. Idempotent.',
  })
  async logout(
    @Arg('input', () => LogoutInput, {
      defaultValue: {},
      description: 'The session to end, if there is no cookie or access token.',
    })
    input: LogoutInput,
    @Ctx() context: RequestContext,
  ): Promise<LoggedOut | NotFound> {
    const cookie = ownCookie(context);
    const presented = input.refreshToken || cookie;
    const ended = await this.ending.logout(presented, await context.viewer(), context.client);
    if (cookie !== undefined) forgetCookie(context);
    return new LoggedOut(ended);
  }

  @Allow('SIGNED_IN')
  @AllowInImpersonation()
  @Mutation(() => LogoutResult, { description: 'Ends all sessions of the signed-in user.' })
  async logoutAll(
    @Arg('input', () => LogoutAllInput, { defaultValue: {}, description: 'Which sessions to keep.' })
    input: LogoutAllInput,
    @Ctx() context: RequestContext,
  ): Promise<LoggedOut | NotFound> {
    const { userId, sessionId } = await requireViewer(context);
    const except = input.exceptCurrent ? sessionId : undefined;
    const ended = await this.ending.endAll(userId, 'logout-all', context.client, except);
    if (!except && ownCookie(context) !== undefined) forgetCookie(context);
    return new LoggedOut(ended);
  }

  @Allow('SIGNED_IN')
  @AllowInImpersonation()
  @Mutation(() => LogoutResult, { description: "Ends one of the signed-in user's sessions." })
  async revokeSession(
    @Arg('id', () => ID, { description: 'Session ID, as listed by me.sessions.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<LoggedOut | NotFound> {
    const { userId } = await requireViewer(context);
    const ended = await this.ending.endOne(userId, id, context.client);
    return isProblem(ended) ? ended : new LoggedOut(ended);
  }
}

/** A page of twenty users with all fields of these stays under the limit of a response. */
const LISTED_SESSIONS = 50;

@Resolver(() => UserType)
export class UserSessionsResolver {
  constructor(private readonly sessionService: Sessions) {}

  @FieldResolver(() => [SessionType], {
    description:
      'Signed-in devices, most recently used first; at most as many as an account may have, 100 by default. Visible to the user, staff and administrators.',
  })
  async sessions(
    @Root() user: UserType,
    @Arg('first', () => Int, { nullable: true, defaultValue: LISTED_SESSIONS, description: 'At most 100.' })
    first: number | null,
    @Ctx() context: RequestContext,
  ): Promise<SessionType[]> {
    const size = requireValidSize(first ?? LISTED_SESSIONS);
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('STAFF', 'User.sessions');
    return (await this.sessionService.live(user.id)).slice(0, size).map((session) => new SessionType(session));
  }
}
