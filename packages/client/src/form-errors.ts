import type { LatchkeyError } from './errors.ts';

/** What an outcome says besides its texts. */
export interface ProblemOutcome {
  readonly __typename?: string;
  /** Such as `WRONG_CODE`. */
  readonly reason?: string;
  readonly attemptsRemaining?: number;
  readonly fields?: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
    readonly limit?: number | null;
  }[];
}

/** What a form shows for an outcome. */
export interface FormErrors {
  /** Messages by field of the input, such as `password`. */
  readonly fields: Readonly<Record<string, string>>;
  /** A message that belongs to no field. */
  readonly form?: string;
  /** Seconds to wait before the next attempt. */
  readonly retryAfter?: number;
  /** The code of a `LatchkeyError`, whose message is in English. */
  readonly code?: string;
  /** For texts of your own. */
  readonly outcome?: ProblemOutcome;
}

/** No problems. */
export const NO_ERRORS: FormErrors = { fields: {} };

/** `formErrors` for a form with one secret, which a wrong code or password is about. */
export function fieldErrors(result: { readonly __typename: string }, field: string): FormErrors {
  const { form = '', ...errors } = formErrors(result) ?? NO_ERRORS;
  const isOfField = ['ChallengeFailed', 'InvalidCredentials'].includes(result.__typename);
  return isOfField ? { ...errors, fields: { [field]: form } } : (formErrors(result) ?? NO_ERRORS);
}

/** Set by the client, so no field of a form. */
const OWN = ['transport', 'device'];

/**
 * The problems of a result of any operation, in the language of the browser. Undefined if it is not a problem. A form can
 * show a `LatchkeyError`, too.
 */
export function formErrors(
  result: { readonly __typename?: string; readonly message?: string } | LatchkeyError | null | undefined,
): FormErrors | undefined {
  if (!result || !('message' in result)) return undefined;
  const {
    fields: problems = [],
    message,
    retryAfter,
    code,
  } = result as ProblemOutcome & { message: string; retryAfter?: number; code?: string };
  const [ofForm, ofFields] = [true, false].map((own) => problems.filter(({ path }) => OWN.includes(path) === own));
  // The first message of a field counts.
  const fields = Object.fromEntries((ofFields ?? []).reverse().map(({ path, message }) => [path, message]));
  const form = ofForm?.[0]?.message ?? (problems.length === 0 ? message : undefined);
  return {
    fields,
    ...(form !== undefined && { form }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(code ? { code } : { outcome: result as ProblemOutcome }),
  };
}
