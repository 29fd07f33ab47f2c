// What waits in a challenge for the proof of a number. Types and not interfaces: they are written as JSON objects.

/** For a sign-in: the language that an account made by it has. */
export type PendingLogin = { locale: string | null };

/** For a change: the proved number that the account had when the change was asked for, and the password shown. */
export type PendingVerification = { instead: string | null };
