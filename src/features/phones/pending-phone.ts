// Payloads of challenges that verify a number. Types, because an interface is not assignable to a JSON record.

/** For a sign-in: the language of the account, if one is created. */
export type PendingLogin = { locale: string | null };

/** For a change: the account's verified number at the time of the request, when the password was checked. */
export type PendingVerification = { instead: string | null };
