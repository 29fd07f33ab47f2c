import 'reflect-metadata';
import { Ctx, Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import type { RequestContext } from './request.ts';

/** Registers a closed list of words as a GraphQL enum. TypeScript enums are not used anywhere. */
export function graphqlEnum<const Word extends string>(
  name: string,
  description: string,
  words: Record<Word, string>,
): Record<Word, Word> {
  const values = Object.fromEntries(Object.keys(words).map((word) => [word, word])) as Record<Word, Word>;
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(words).map(([word, text]) => [word, { description: text }]),
  ) as Record<Word, { description: string }>;
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}

export const FieldProblemCode = graphqlEnum('FieldProblemCode', 'Which rule an input field breaks.', {
  REQUIRED: 'It is missing.',
  INVALID_FORMAT: 'It is not written as it must be.',
  TOO_SHORT: 'It has too few characters.',
  TOO_LONG: 'It has too many characters.',
  TOO_WEAK: 'A password that is guessed too quickly.',
  BREACHED: 'A password that stands on the lists attackers try first.',
  MISMATCH: 'It differs from the field it must equal.',
  NOT_ALLOWED: 'This server does not allow it.',
});
export type FieldProblemCode = keyof typeof FieldProblemCode;

export const ChallengeFailure = graphqlEnum('ChallengeFailure', 'Why a code or link was not accepted.', {
  WRONG_CODE: 'The code is not the one that was sent.',
  EXPIRED: 'Its time is over; ask for a new one.',
  ALREADY_USED: 'It has done its work once.',
  TOO_MANY_ATTEMPTS: 'Too many wrong guesses; ask for a new one later.',
  UNKNOWN: 'There is no such code or link.',
});
export type ChallengeFailure = keyof typeof ChallengeFailure;

export const RefreshFailure = graphqlEnum('RefreshFailure', 'Why a refresh token was not accepted.', {
  MISSING: 'Neither the input nor the cookie carries a token.',
  INVALID: 'It is not a refresh token of this server.',
  EXPIRED: 'It was not used for too long, or the session has reached its greatest age.',
  REVOKED: 'The session was ended.',
  REUSED: 'An older token of the session was presented: someone else may hold it, so the session was ended.',
  ACCOUNT_DISABLED: 'The account is deactivated.',
});
export type RefreshFailure = keyof typeof RefreshFailure;

export const SocialFailure = graphqlEnum('SocialFailure', 'Why a social sign-in was refused.', {
  STATE_UNKNOWN: 'No sign-in waits for this state: it was never begun here, or it has been answered already.',
  STATE_EXPIRED: 'The sign-in took longer than ten minutes; begin again.',
  STATE_MISMATCH: 'The answer belongs to another client, another provider or another user.',
  CODE_REJECTED: 'The provider does not accept the code.',
  TOKEN_INVALID: 'The token is not a good one of this provider: signature, issuer, age or form.',
  AUDIENCE_MISMATCH: 'The token was made for another application.',
  NONCE_MISMATCH: 'The token was made for another sign-in.',
  PROFILE_INCOMPLETE: 'The provider does not say who it is.',
});
export type SocialFailure = keyof typeof SocialFailure;

@InterfaceType('Problem', { description: 'An outcome that is not the wished one and that the caller can act on.' })
export abstract class Problem {
  @Field(() => String, { description: 'For a person; localised by Accept-Language.' })
  message(@Ctx() context: RequestContext): string {
    return context.explain(this);
  }
}

@ObjectType('FieldProblem', { description: 'What is wrong with one input field.' })
export class FieldProblem {
  @Field(() => String, { description: 'Input field, e.g. password.' })
  readonly path: string;

  @Field(() => FieldProblemCode, { description: 'Which rule it breaks.' })
  readonly code: FieldProblemCode;

  /** @param limit the number that the words name */
  constructor(
    path: string,
    code: FieldProblemCode,
    readonly reason: FieldReason,
    readonly limit?: number,
  ) {
    this.path = path;
    this.code = code;
  }

  @Field(() => String, { description: 'For a person; localised by Accept-Language.' })
  message(@Ctx() context: RequestContext): string {
    return context.explain(this);
  }
}

/** Finer than the code: which sentence explains it. */
export type FieldReason =
  | 'email-format'
  | 'email-required'
  | 'email-same'
  | 'identifier-format'
  | 'phone-format'
  | 'phone-not-allowed'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-ill-formed'
  | 'password-common'
  | 'password-context'
  | 'password-weak'
  | 'password-mismatch'
  | 'password-required'
  | 'first-password-only'
  | 'text-too-long'
  | 'text-control-characters'
  | 'locale-format'
  | 'sign-up-closed'
  | 'code-or-token'
  | 'nothing-to-change'
  | 'redirect-uri'
  | 'one-token'
  | 'token-kind'
  | 'sign-in-again'
  | 'required';

@ObjectType('InvalidInput', { implements: Problem, description: 'The input breaks a rule: one entry a field.' })
export class InvalidInput extends Problem {
  readonly kind = 'InvalidInput';

  @Field(() => [FieldProblem], { description: 'What is wrong, one entry a field.' })
  readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super();
    this.fields = fields;
  }
}

@ObjectType('InvalidCredentials', {
  implements: Problem,
  description: 'Wrong identifier or password; which of the two is not said.',
})
export class InvalidCredentials extends Problem {
  readonly kind = 'InvalidCredentials';
}

@ObjectType('AccountDisabled', {
  implements: Problem,
  description: 'The credentials are right and the account is deactivated. Said only after they were proved.',
})
export class AccountDisabled extends Problem {
  readonly kind = 'AccountDisabled';
}

@ObjectType('EmailTaken', { implements: Problem, description: 'Another account has this email address.' })
export class EmailTaken extends Problem {
  readonly kind = 'EmailTaken';
}

@ObjectType('PhoneTaken', { implements: Problem, description: 'Another account has this phone number.' })
export class PhoneTaken extends Problem {
  readonly kind = 'PhoneTaken';
}

@ObjectType('SmsUnavailable', {
  implements: Problem,
  description: 'The SMS cannot be sent (country not served, provider refused, spend cap).',
})
export class SmsUnavailable extends Problem {
  readonly kind = 'SmsUnavailable';
}

@ObjectType('PasswordRequired', {
  implements: Problem,
  description:
    'The code was right, but the account was not used for so long that the number may belong to somebody else by now, and it has no proved email address to ask: sign in with the password.',
})
export class PasswordRequired extends Problem {
  readonly kind = 'PasswordRequired';
}

@ObjectType('ChallengeFailed', { implements: Problem, description: 'The code or link was not accepted.' })
export class ChallengeFailed extends Problem {
  readonly kind = 'ChallengeFailed';

  @Field(() => ChallengeFailure, { description: 'Why.' })
  readonly reason: ChallengeFailure;

  @Field(() => Int, { description: 'Guesses left on this challenge.' })
  readonly attemptsRemaining: number;

  constructor(reason: ChallengeFailure, attemptsRemaining = 0) {
    super();
    this.reason = reason;
    this.attemptsRemaining = attemptsRemaining;
  }
}

@ObjectType('RateLimited', {
  implements: Problem,
  description: 'Too many of these. Nothing was sent and nothing was checked.',
})
export class RateLimited extends Problem {
  readonly kind = 'RateLimited';

  @Field(() => Int, { description: 'Seconds.' })
  readonly retryAfter: number;

  /** @param retryAfter seconds, at least 1 */
  constructor(retryAfter: number) {
    super();
    this.retryAfter = Math.max(1, Math.ceil(retryAfter));
  }
}

@ObjectType('RefreshRejected', {
  implements: Problem,
  description: 'The refresh token is not accepted: sign in again.',
})
export class RefreshRejected extends Problem {
  readonly kind = 'RefreshRejected';

  @Field(() => RefreshFailure, { description: 'Why.' })
  readonly reason: RefreshFailure;

  constructor(reason: RefreshFailure) {
    super();
    this.reason = reason;
  }
}

@ObjectType('LastAdministrator', {
  implements: Problem,
  description: 'Nobody could administer this server without this account: make somebody else an administrator first.',
})
export class LastAdministrator extends Problem {
  readonly kind = 'LastAdministrator';
}

@ObjectType('SocialProviderUnavailable', {
  implements: Problem,
  description: 'The provider is unknown here, not configured, or does not answer.',
})
export class SocialProviderUnavailable extends Problem {
  readonly kind = 'SocialProviderUnavailable';
}

@ObjectType('SocialRejected', {
  implements: Problem,
  description: 'The provider or this server refused the sign-in.',
})
export class SocialRejected extends Problem {
  readonly kind = 'SocialRejected';

  @Field(() => SocialFailure, { description: 'Why.' })
  readonly reason: SocialFailure;

  constructor(reason: SocialFailure) {
    super();
    this.reason = reason;
  }
}

@ObjectType('IdentityConflict', {
  implements: Problem,
  description:
    "This email or identity belongs to an account that the provider does not prove to be the caller's: sign in there first, then link.",
})
export class IdentityConflict extends Problem {
  readonly kind = 'IdentityConflict';
}

@ObjectType('LastSignInMethod', {
  implements: Problem,
  description: 'It would leave the account without a way to sign in.',
})
export class LastSignInMethod extends Problem {
  readonly kind = 'LastSignInMethod';
}

@ObjectType('OwnAccount', {
  implements: Problem,
  description:
    'An administrator may not do this to their own account, so that nobody locks themselves out by a slip: another administrator may.',
})
export class OwnAccount extends Problem {
  readonly kind = 'OwnAccount';
}

@ObjectType('NotFound', { implements: Problem, description: 'There is no such thing, or it is not yours.' })
export class NotFound extends Problem {
  readonly kind = 'NotFound';
}

/** Whether a function returned a problem instead of its value. */
export const isProblem = <T>(result: T): result is Extract<T, Problem | FieldProblem> =>
  result instanceof Problem || result instanceof FieldProblem;

/** A dependency did not answer: the caller may try again. Thrown, and shown as SERVICE_UNAVAILABLE. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  constructor(
    readonly dependency: 'database' | 'store',
    options?: ErrorOptions,
  ) {
    super(`the ${dependency} does not answer`, options);
  }
}

/** A protected field without a valid access token. Thrown, and shown as UNAUTHENTICATED. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** Signed in, and not allowed. Thrown, and shown as FORBIDDEN. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}
