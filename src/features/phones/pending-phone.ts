// Payloads of challenges that verify a number. Types, not interfaces: they are stored as JSON.

/** For a sign-in: the language of an account that it creates. */
export type PendingLogin = { locale: string | null };

/** For a change: the verified number of the account at the request, when the password was checked. */
export type PendingVerification = { instead: string | null };
