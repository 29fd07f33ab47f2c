import { Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from './graphql-enum.ts';
import { Problem } from './problems.ts';
import { MaxItems } from './response-size.ts';

export const RefreshFailure = graphqlEnum('RefreshFailure', 'Why a refresh token was not accepted.', {
  MISSING: 'Neither the input nor the cookie contains a token.',
  INVALID: 'The token is not a refresh token of this server.',
  EXPIRED: 'The token was unused for too long, or the session has reached its maximum age.',
  REVOKED: 'The session has been ended.',
  REUSED: 'An old token of the session was reused. It may have been stolen, so the session was ended.',
  ACCOUNT_DISABLED: 'The account is deactivated.',
});
export type RefreshFailure = keyof typeof RefreshFailure;

export const ReauthenticationMethod = graphqlEnum('ReauthenticationMethod', 'How a user can reauthenticate.', {
  PASSKEY: 'A passkey or security key.',
  TOTP: 'A code from an authenticator app.',
  PASSWORD: 'The password.',
  SIGN_IN: 'No other method is available: sign in again.',
});
export type ReauthenticationMethod = keyof typeof ReauthenticationMethod;

@ObjectType('ReauthenticationRequired', {
  implements: Problem,
  description: 'This operation requires a sign-in within the last ten minutes. Call reauthenticate, then retry.',
})
export class ReauthenticationRequired extends Problem {
  readonly kind = 'ReauthenticationRequired';

  @MaxItems(Object.keys(ReauthenticationMethod).length)
  @Field(() => [ReauthenticationMethod], { description: 'The methods this account can use, strongest first.' })
  readonly methods: readonly ReauthenticationMethod[];

  constructor(methods: readonly ReauthenticationMethod[]) {
    super();
    this.methods = methods;
  }
}

@ObjectType('NoSecondFactor', {
  implements: Problem,
  description: 'The account has no authenticator app and no passkey.',
})
export class NoSecondFactor extends Problem {
  readonly kind = 'NoSecondFactor';
}

@ObjectType('FeatureDisabled', {
  implements: Problem,
  description: 'This server does not offer it. The query settings says what it offers.',
})
export class FeatureDisabled extends Problem {
  readonly kind = 'FeatureDisabled';
}

@ObjectType('RefreshRejected', {
  implements: Problem,
  description: 'The refresh token was rejected: sign in again.',
})
export class RefreshRejected extends Problem {
  readonly kind = 'RefreshRejected';

  @Field(() => RefreshFailure, { description: 'Why it was rejected.' })
  readonly reason: RefreshFailure;

  constructor(reason: RefreshFailure) {
    super();
    this.reason = reason;
  }
}
