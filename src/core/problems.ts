import 'reflect-metadata';
import { Ctx, Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { graphqlEnum } from './graphql-enum.ts';
import { Refusal } from './refusal.ts';
import { MaxItems } from './response-size.ts';

export const FieldProblemCode = graphqlEnum('FieldProblemCode', 'Which rule an input field breaks.', {
  REQUIRED: 'The field is required.',
  INVALID_FORMAT: 'The format is wrong.',
  TOO_SHORT: 'Too few characters.',
  TOO_LONG: 'Too many characters, entries or bytes.',
  TOO_WEAK: 'The password is too easy to guess.',
  BREACHED: 'The password is on a list of common passwords that attackers try first.',
  MISMATCH: 'The value differs from the field it must match.',
  NOT_ALLOWED: 'Not allowed on this server or in this context.',
});
export type FieldProblemCode = keyof typeof FieldProblemCode;

export const ChallengeFailure = graphqlEnum('ChallengeFailure', 'Why a code or link was not accepted.', {
  WRONG_CODE: 'The code is wrong.',
  EXPIRED: 'The code or link has expired; request a new one.',
  ALREADY_USED: 'The code or link has already been used.',
  TOO_MANY_ATTEMPTS: 'Too many wrong guesses; request a new code later.',
  UNKNOWN: 'The code or link is not valid.',
  PASSKEY_REJECTED:
    'The passkey was not accepted: it was removed, belongs to another account, or did not verify the user.',
});
export type ChallengeFailure = keyof typeof ChallengeFailure;

/** Renders a problem in the caller's language. */
export interface Explainer {
  explain(problem: Problem | FieldProblem): string;
}

@InterfaceType('Problem', { description: 'An expected failure that the caller can handle.' })
export abstract class Problem {
  @Field(() => String, { description: 'Message for the user, localised by Accept-Language.' })
  message(@Ctx() explainer: Explainer): string {
    return explainer.explain(this);
  }
}

@ObjectType('FieldProblem', { description: 'What is wrong with one input field.' })
export class FieldProblem {
  @Field(() => String, { description: 'Name of the input field, such as password.' })
  readonly path: string;

  @Field(() => FieldProblemCode, { description: 'Which rule it breaks.' })
  readonly code: FieldProblemCode;

  @Field(() => Int, {
    nullable: true,
    description:
      'The limit that was not met: characters for TOO_SHORT and TOO_LONG (entries of a list, bytes of a JSON object), the minimum score (0 to 4) for TOO_WEAK.',
  })
  readonly limit?: number;

  constructor(
    path: string,
    code: FieldProblemCode,
    readonly reason: FieldReason,
    limit?: number,
  ) {
    this.path = path;
    this.code = code;
    if (limit !== undefined) this.limit = limit;
  }

  @Field(() => String, { description: 'Message for the user, localised by Accept-Language.' })
  message(@Ctx() explainer: Explainer): string {
    return explainer.explain(this);
  }
}

/** More specific than the code: selects the message. */
export type FieldReason =
  | 'email-format'
  | 'email-required'
  | 'email-same'
  | 'identifier-format'
  | 'phone-format'
  | 'phone-no-messages'
  | 'code-format'
  | 'recovery-code-format'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-ill-formed'
  | 'password-common'
  | 'password-context'
  | 'password-weak'
  | 'password-mismatch'
  | 'text-too-long'
  | 'text-control-characters'
  | 'locale-format'
  | 'sign-up-closed'
  | 'email-sign-in-off'
  | 'code-or-token'
  | 'redirect-uri'
  | 'one-token'
  | 'token-kind'
  | 'one-method'
  | 'one-factor'
  | 'method-unavailable'
  | 'cookie-across-sites'
  | 'user-has-role'
  | 'too-many-identities'
  | 'too-many-passkeys'
  | 'passkey-format'
  | 'permission-format'
  | 'too-many-permissions'
  | 'permissions-too-long'
  | 'json-too-long'
  | 'json-too-deep'
  | 'json-name'
  | 'json-text'
  | 'json-number'
  | 'claims-too-long'
  | 'required';

/** More than an input has fields. */
const MAX_FIELD_PROBLEMS = 30;

@ObjectType('InvalidInput', { implements: Problem, description: 'The input is not valid.' })
export class InvalidInput extends Problem {
  readonly kind = 'InvalidInput';

  @MaxItems(MAX_FIELD_PROBLEMS)
  @Field(() => [FieldProblem], { description: 'The problems, one per field.' })
  readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super();
    this.fields = fields;
  }
}

@ObjectType('InvalidCredentials', {
  implements: Problem,
  description: 'The identifier or the password is wrong. Does not reveal which.',
})
export class InvalidCredentials extends Problem {
  readonly kind = 'InvalidCredentials';
}

@ObjectType('AccountDisabled', {
  implements: Problem,
  description: 'The account is deactivated. Returned only after the credentials were verified.',
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
  description: 'The SMS cannot be sent: country not served, refused by the provider, or daily cap reached.',
})
export class SmsUnavailable extends Problem {
  readonly kind = 'SmsUnavailable';
}

@ObjectType('PasswordRequired', {
  implements: Problem,
  description:
    'The code was right, but the account has been unused for so long that the number may have a new owner, and there is no verified email address to check: sign in with the password.',
})
export class PasswordRequired extends Problem {
  readonly kind = 'PasswordRequired';
}

@ObjectType('ChallengeFailed', { implements: Problem, description: 'The code or link was not accepted.' })
export class ChallengeFailed extends Problem {
  readonly kind = 'ChallengeFailed';

  @Field(() => ChallengeFailure, { description: 'Why it was rejected.' })
  readonly reason: ChallengeFailure;

  @Field(() => Int, { description: 'Guesses left for this challenge.' })
  readonly attemptsRemaining: number;

  constructor(reason: ChallengeFailure, attemptsRemaining = 0) {
    super();
    this.reason = reason;
    this.attemptsRemaining = attemptsRemaining;
  }
}

@ObjectType('RateLimited', {
  implements: Problem,
  description: 'Too many requests. Nothing was sent or checked.',
})
export class RateLimited extends Problem {
  readonly kind = 'RateLimited';

  @Field(() => Int, { description: 'Seconds to wait before retrying.' })
  readonly retryAfter: number;

  /** @param retryAfter seconds, at least 1 */
  constructor(retryAfter: number) {
    super();
    this.retryAfter = Math.max(1, Math.ceil(retryAfter));
  }
}

@ObjectType('NotFound', { implements: Problem, description: 'Not found.' })
export class NotFound extends Problem {
  readonly kind = 'NotFound';
}

/** The members of a union of outcomes that are problems. */
export type ProblemIn<T> = Extract<T, Problem | FieldProblem | Refusal>;

/** Whether a function returned a problem instead of its value. */
export const isProblem = <T>(result: T): result is ProblemIn<T> =>
  result instanceof Problem || result instanceof FieldProblem || result instanceof Refusal;
