import type { ChallengeFieldsFragment } from '@latchkey/client';

export type ContactDialog = 'changeEmail' | 'verifyEmail' | 'changePhone' | 'verifyPhone';

/** A code that was sent from a dialog. */
export interface KeptCode {
  readonly dialog: ContactDialog;
  readonly challenge: ChallengeFieldsFragment;
  /** What another code is asked for with. */
  readonly values: Readonly<Record<string, string>>;
}

const KEY = 'latchkey:contact-code';

/** Keeps it for `readCode`, in the tab, without the password. */
export function keepCode({ values: { password: _, ...values }, ...code }: KeptCode, userId: string): void {
  sessionStorage.setItem(KEY, JSON.stringify({ ...code, values, userId }));
}

export const forgetCode = (): void => sessionStorage.removeItem(KEY);

/** The code that the user waited for when the page was loaded again. Undefined if it has expired. */
export function readCode(userId: string | undefined): KeptCode | undefined {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as (KeptCode & { readonly userId: string }) | null;
  const isCurrent = kept?.userId === userId && Date.parse(kept?.challenge.expiresAt ?? '') > Date.now();
  return kept && isCurrent ? kept : undefined;
}
