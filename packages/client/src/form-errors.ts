/** What a form shows for an outcome. */
export interface FormErrors {
  /** Messages by field of the input, such as `password`. */
  readonly fields: Readonly<Record<string, string>>;
  /** A message that belongs to no field. */
  readonly form?: string;
  /** Seconds to wait before the next attempt. */
  readonly retryAfter?: number;
}

/** Set by the client, so no field of a form. */
const OWN = ['transport', 'device'];

/**
 * The problems of a result of any operation, in the language of the browser. Undefined if it is not a problem.
 */
export function formErrors(
  result: { readonly __typename?: string; readonly message?: string } | null | undefined,
): FormErrors | undefined {
  if (!result || !('message' in result)) return undefined;
  const {
    fields: problems = [],
    message,
    retryAfter,
  } = result as {
    fields?: readonly { path: string; message: string }[];
    message: string;
    retryAfter?: number;
  };
  const [ofForm, ofFields] = [true, false].map((own) => problems.filter(({ path }) => OWN.includes(path) === own));
  // The first message of a field counts.
  const fields = Object.fromEntries((ofFields ?? []).reverse().map(({ path, message }) => [path, message]));
  const form = ofForm?.[0]?.message ?? (problems.length === 0 ? message : undefined);
  return { fields, ...(form !== undefined && { form }), ...(retryAfter !== undefined && { retryAfter }) };
}
