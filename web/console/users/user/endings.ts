import type { Locale } from '../../../shared/locale.tsx';
import { plural } from '../../../shared/words.ts';
import type { ConsoleUser } from './page.tsx';
import type { OperationName, UserWords } from './words/en.ts';

const ENDS_SESSIONS: readonly OperationName[] = ['deactivate', 'endSessions', 'resetFactors', 'delete'];
const REMOVES_FACTORS: readonly OperationName[] = ['resetFactors', 'delete'];

/** What an operation takes from this user, in words such as "ends 3 sessions". */
export function listEndings(name: OperationName, user: ConsoleUser, locale: Locale, { ends }: UserWords): string[] {
  const count = (many: number, forms: UserWords['ends']['sessions']) => (many > 0 ? [plural(locale, many, forms)] : []);
  const sessions = count(user.sessions.length, ends.sessions);
  return [
    ...(ENDS_SESSIONS.includes(name) ? sessions : []),
    ...(name === 'endSessions' && sessions.length === 0 ? [ends.nothing] : []),
    ...(REMOVES_FACTORS.includes(name)
      ? [
          ...count(user.passkeys?.length ?? 0, ends.passkeys),
          ...(user.totpEnabled ? [ends.totp] : []),
          ...count(user.recoveryCodesRemaining ?? 0, ends.recoveryCodes),
        ]
      : []),
  ];
}
