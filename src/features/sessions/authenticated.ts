import { Field, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import type { RequestContext, Viewer } from '../../core/request.ts';
import { MaxBytes } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { MAX_ACCESS_TOKEN_LENGTH } from '../../core/token-length.ts';
import type { User } from '../accounts/user.ts';
import { UserType } from '../accounts/user-type.ts';
import type { SignedToken } from './access-token.ts';
import { authenticatedAt, type Session } from './session.ts';
import { SessionType } from './session-type.ts';

export const TokenTransport = graphqlEnum('TokenTransport', 'How the refresh token is delivered.', {
  BODY: 'In the response and input, for native apps and servers.',
  COOKIE: 'Only in an HttpOnly cookie, for browsers.',
});
export type TokenTransport = keyof typeof TokenTransport;

@ObjectType('Authenticated', { description: 'The user is signed in.' })
export class Authenticated {
  @MaxBytes(MAX_ACCESS_TOKEN_LENGTH)
  @Field(() => String, {
    description: 'A short-lived JWT (RFC 9068). Send it as Authorization: Bearer.',
  })
  readonly accessToken: string;
  @Field(() => DateTime, { description: 'When the access token expires. Refresh before then.' })
  readonly accessTokenExpiresAt: Date;
  @Field(() => Int, { description: 'Lifetime in seconds. Use it if the device clock may be wrong.' })
  readonly accessTokenExpiresIn: number;
  @Field(() => String, {
    nullable: true,
    description: 'Null if transport is COOKIE: the token is then only in an HttpOnly cookie.',
  })
  refreshToken: string | null;
  @Field(() => DateTime, { description: 'When the refresh token expires if it is not used. Refreshing replaces it.' })
  readonly refreshTokenExpiresAt: Date;
  @Field(() => UserType, { description: 'The signed-in user.' })
  readonly user: UserType;
  @Field(() => SessionType, { description: 'The session that the tokens belong to.' })
  readonly session: SessionType;
  @Field(() => Boolean, { description: 'Whether this operation created the account.' })
  readonly isNewUser: boolean;
  /** The caller for the rest of the request. */
  readonly viewer: Viewer;

  constructor(made: {
    access: SignedToken;
    refreshToken: string;
    user: User;
    session: Session;
    isNewUser: boolean;
  }) {
    this.accessToken = made.access.token;
    this.accessTokenExpiresAt = made.access.expiresAt;
    this.accessTokenExpiresIn = made.access.expiresIn;
    this.refreshToken = made.refreshToken;
    this.refreshTokenExpiresAt = made.session.idleExpiresAt;
    this.user = new UserType(made.user);
    this.session = new SessionType(made.session);
    this.isNewUser = made.isNewUser;
    const { id: sessionId, userId, authenticationMethods } = made.session;
    this.viewer = { userId, sessionId, authenticatedAt: authenticatedAt(made.session), authenticationMethods };
  }
}

/** Returns the tokens in the body or the cookie, and makes the new session that of the request. */
export function deliver<Outcome extends object>(
  outcome: Outcome | Authenticated,
  transport: TokenTransport,
  context: RequestContext,
): Outcome | Authenticated {
  if (!(outcome instanceof Authenticated)) return outcome;
  context.setViewer(outcome.viewer);
  if (transport === 'COOKIE' && outcome.refreshToken !== null) {
    context.setRefreshCookie({ token: outcome.refreshToken, expiresAt: outcome.refreshTokenExpiresAt });
    outcome.refreshToken = null;
  }
  return outcome;
}

/** Removes a cookie whose session has ended. */
export function forgetCookie(context: RequestContext): void {
  if (context.refreshCookie !== undefined) context.setRefreshCookie(undefined);
}
