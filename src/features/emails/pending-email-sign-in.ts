/**
 * The payload of a sign-in by email: the language of the account, if one is created. A type, because an interface is not
 * assignable to a JSON record.
 */
export type PendingEmailSignIn = { locale: string | null };
