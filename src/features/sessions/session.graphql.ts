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
import { Allow } from '../../core/access.ts';
import { graphqlEnum, InvalidInput, NotFound, RateLimited, RefreshRejected } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user.graphql.ts';
import { Authenticated, deliver } from './authenticated.ts';
import type { RefreshOutcome, Sessions } from './session.service.ts';
import { SessionType } from './session-type.ts';

const TokenType = graphqlEnum('TokenType', 'The two kinds of token.', {
  ACCESS: 'Short-lived; proves who is calling.',
  REFRESH: 'Long-lived; buys the next pair.',
});
type TokenType = keyof typeof TokenType;

@ObjectType('LoggedOut', { description: 'The sessions have ended; their tokens are refused from now on.' })
export class LoggedOut {
  @Field(() => Int, { description: '0 when they had ended before.' })
  readonly sessionsEnded: number;
  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded;
  }
}

@ObjectType('TokenStatus', { description: 'What a token is worth right now.' })
class TokenStatus {
  @Field(() => Boolean, { description: 'Whether it would be accepted. When false, nothing else is said.' })
  active!: boolean;
  @Field(() => TokenType, { nullable: true, description: 'Which kind it is.' })
  tokenType?: TokenType;
  @Field(() => ID, { nullable: true, description: 'Whom it speaks for.' })
  userId?: string;
  @Field(() => ID, { nullable: true, description: 'Which session it belongs to.' })
  sessionId?: string;
  @Field(() => DateTime, { nullable: true, description: 'It is refused from then on.' })
  expiresAt?: Date;
}

const RefreshResult = createUnionType({
  name: 'RefreshResult',
  description: 'How a refresh can end.',
  types: () => [Authenticated, RefreshRejected, RateLimited] as const,
});
export const LogoutResult = createUnionType({
  name: 'LogoutResult',
  description: 'How ending sessions can end. InvalidInput: of endUserSessions alone.',
  types: () => [LoggedOut, NotFound, InvalidInput] as const,
});

@InputType('RefreshInput', { description: 'Which token to trade.' })
class RefreshInput {
  @Field(() => String, { nullable: true, description: 'Omit it when the cookie carries the token.' })
  refreshToken?: string | null;
}
@InputType('LogoutInput', { description: 'Which session to end.' })
class LogoutInput {
  @Field(() => String, {
    nullable: true,
    description: 'Omit it to end the session of the cookie or of the access token.',
  })
  refreshToken?: string | null;
}
@InputType('LogoutAllInput', { description: 'Which sessions to spare.' })
class LogoutAllInput {
  @Field(() => Boolean, { defaultValue: false, description: 'The session of this request goes on.' })
  exceptCurrent!: boolean;
}

@Resolver()
export class SessionResolver {
  constructor(private readonly sessions: Sessions) {}

  @Allow('PUBLIC')
  @Query(() => TokenStatus, {
    description: 'Is this access or refresh token good right now? Revocation counts, not only the signature.',
  })
  async verifyToken(
    @Arg('token', () => String, { description: 'An access or a refresh token.' }) token: string,
  ): Promise<TokenStatus> {
    const status = await this.sessions.inspect(token);
    return status ? { active: true, ...status } : { active: false };
  }

  @Allow('PUBLIC')
  @Mutation(() => RefreshResult, {
    description:
      'Trades a refresh token for the next one. Requests that race with the same token all get the same successor.',
  })
  async refresh(
    @Arg('input', () => RefreshInput, { defaultValue: {}, description: 'The token, unless a cookie carries it.' })
    input: RefreshInput,
    @Ctx() context: RequestContext,
  ): Promise<RefreshOutcome> {
    const transport = input.refreshToken ? 'BODY' : 'COOKIE';
    const outcome = await this.sessions.refresh(input.refreshToken || context.refreshCookie, context.client);
    if (transport === 'COOKIE' && outcome instanceof RefreshRejected) forgetCookie(context);
    return deliver(outcome, transport, context);
  }

  @Allow('PUBLIC')
  @Mutation(() => LogoutResult, {
    description:
      'Ends the session of the refresh token, of the cookie, or of the access token. Repeating it is harmless.',
  })
  async logout(
    @Arg('input', () => LogoutInput, { defaultValue: {}, description: 'Which session, when no cookie or header says.' })
    input: LogoutInput,
    @Ctx() context: RequestContext,
  ): Promise<LoggedOut | NotFound> {
    const presented = input.refreshToken || context.refreshCookie;
    const ended = await this.sessions.logout(presented, await context.viewer(), context.client);
    forgetCookie(context);
    return typeof ended === 'number' ? new LoggedOut(ended) : ended;
  }

  @Allow('SIGNED_IN')
  @Mutation(() => LogoutResult, { description: 'Ends every session of the signed-in user.' })
  async logoutAll(
    @Arg('input', () => LogoutAllInput, { defaultValue: {}, description: 'Which sessions to spare.' })
    input: LogoutAllInput,
    @Ctx() context: RequestContext,
  ): Promise<LoggedOut | NotFound> {
    const { userId, sessionId } = await requireViewer(context);
    const except = input.exceptCurrent ? sessionId : undefined;
    const ended = await this.sessions.endAll(userId, 'logout-all', context.client, except);
    if (!except) forgetCookie(context);
    return new LoggedOut(ended);
  }

  @Allow('SIGNED_IN')
  @Mutation(() => LogoutResult, { description: "Ends one of the signed-in user's sessions." })
  async revokeSession(
    @Arg('id', () => ID, { description: 'Of the session, as me.sessions lists it.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<LoggedOut | NotFound> {
    const { userId } = await requireViewer(context);
    const ended = await this.sessions.endOne(userId, id, context.client);
    return typeof ended === 'number' ? new LoggedOut(ended) : ended;
  }
}

@Resolver(() => UserType)
export class UserSessionsResolver {
  constructor(private readonly sessionService: Sessions) {}

  @FieldResolver(() => [SessionType], {
    description: 'Devices signed in now, newest use first. Visible to the user and to administrators.',
  })
  async sessions(@Root() user: UserType, @Ctx() context: RequestContext): Promise<SessionType[]> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('STAFF', 'User.sessions');
    return (await this.sessionService.live(user.id)).map((session) => new SessionType(session));
  }
}

/** A cookie that no longer stands for a session is taken back from the browser that sent it. */
export function forgetCookie(context: RequestContext): void {
  if (context.refreshCookie !== undefined) context.setRefreshCookie(undefined);
}
