import { Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from './graphql-enum.ts';
import { Problem } from './problems.ts';

export const SocialFailure = graphqlEnum('SocialFailure', 'Why a social sign-in was refused.', {
  STATE_UNKNOWN: 'No pending sign-in has this state: it was not started here, or it was already completed.',
  STATE_EXPIRED: 'The sign-in took longer than ten minutes; start again.',
  STATE_MISMATCH: 'The state belongs to another client, provider or user.',
  CODE_REJECTED: 'The provider rejected the code.',
  TOKEN_INVALID: 'The token is not valid for this provider: wrong signature, issuer, age or format.',
  AUDIENCE_MISMATCH: 'The token was issued for another application.',
  NONCE_MISMATCH: 'The token was issued for another sign-in.',
  PROFILE_INCOMPLETE: 'The provider did not identify the user.',
});
export type SocialFailure = keyof typeof SocialFailure;

@ObjectType('SocialProviderUnavailable', {
  implements: Problem,
  description: 'The provider is unknown, not configured, or not responding.',
})
export class SocialProviderUnavailable extends Problem {
  readonly kind = 'SocialProviderUnavailable';
}

@ObjectType('SocialRejected', {
  implements: Problem,
  description: 'The provider or this server rejected the sign-in.',
})
export class SocialRejected extends Problem {
  readonly kind = 'SocialRejected';

  @Field(() => SocialFailure, { description: 'Why it was rejected.' })
  readonly reason: SocialFailure;

  constructor(reason: SocialFailure) {
    super();
    this.reason = reason;
  }
}

@ObjectType('IdentityConflict', {
  implements: Problem,
  description:
    'The email address or identity belongs to an existing account, and the provider cannot confirm that the caller owns it: sign in to that account, then link the identity.',
})
export class IdentityConflict extends Problem {
  readonly kind = 'IdentityConflict';
}

@ObjectType('LastSignInMethod', {
  implements: Problem,
  description: 'This is the last way to sign in to the account.',
})
export class LastSignInMethod extends Problem {
  readonly kind = 'LastSignInMethod';
}
