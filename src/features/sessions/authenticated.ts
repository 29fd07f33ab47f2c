import { Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { UserType } from '../accounts/user.graphql.ts';
import type { User } from '../accounts/user.ts';
import type { Session } from './session.ts';
import { SessionType } from './session-type.ts';

export const TokenTransport = graphqlEnum('TokenTransport', 'How the refresh token travels.', {
  BODY: 'In the answer and in the input: native apps, servers.',
  COOKIE: 'In an HttpOnly cookie alone: browsers.',
});
export type TokenTransport = keyof typeof TokenTransport;

@ObjectType('Authenticated', { description: 'Signed in.' })
export class Authenticated {
  @Field(() => String, {
    description: 'A JWT (RFC 9068, typ at+jwt), short-lived; send it as Authorization: Bearer.',
  })
  readonly accessToken: string;
  @Field(() => DateTime, { description: 'Refresh before then.' })
  readonly accessTokenExpiresAt: Date;
  @Field(() => String, {
    nullable: true,
    description: 'Null when the transport is COOKIE: it then travels in an HttpOnly cookie alone.',
  })
  refreshToken: string | null;
  @Field(() => DateTime, { description: 'Good until then unless it is used, which makes a new one.' })
  readonly refreshTokenExpiresAt: Date;
  @Field(() => UserType, { description: 'Who is signed in.' })
  readonly user: UserType;
  @Field(() => SessionType, { description: 'The session that the tokens belong to.' })
  readonly session: SessionType;
  @Field(() => Boolean, { description: 'This answer created the account.' })
  readonly isNewUser: boolean;

  constructor(made: {
    access: { token: string; expiresAt: Date };
    refreshToken: string;
    user: User;
    session: Session;
    isNewUser: boolean;
  }) {
    this.accessToken = made.access.token;
    this.accessTokenExpiresAt = made.access.expiresAt;
    this.refreshToken = made.refreshToken;
    this.refreshTokenExpiresAt = made.session.idleExpiresAt;
    this.user = new UserType(made.user);
    this.session = new SessionType(made.session);
    this.isNewUser = made.isNewUser;
  }
}

/** Hands tokens over the way the caller asked for. From here on the request speaks for the new session. */
export function deliver<Outcome extends object>(
  outcome: Outcome | Authenticated,
  transport: TokenTransport,
  context: RequestContext,
): Outcome | Authenticated {
  if (!(outcome instanceof Authenticated)) return outcome;
  context.become({ userId: outcome.user.id, sessionId: outcome.session.id });
  if (transport === 'COOKIE' && outcome.refreshToken !== null) {
    context.setRefreshCookie({ token: outcome.refreshToken, expiresAt: outcome.refreshTokenExpiresAt });
    outcome.refreshToken = null;
  }
  return outcome;
}
