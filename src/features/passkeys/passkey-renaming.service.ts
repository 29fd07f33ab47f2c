import { Unauthenticated } from '../../core/errors.ts';
import { FieldProblem, InvalidInput, isProblem, NotFound } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { tidyText } from '../accounts/profile.ts';
import type { Passkeys } from '../factors/passkey.service.ts';
import { PASSKEY_NAME_MAX_LENGTH } from '../factors/passkey.ts';
import type { SavedPasskey } from './passkey-registration-finish.service.ts';

/** NotFound also if the passkey is another user's. Throws Unauthenticated if the user is not active. */
export type RenamePasskey = (
  userId: string,
  id: string,
  name: string,
) => Promise<SavedPasskey | InvalidInput | NotFound>;

interface Dependencies {
  db: Db;
  accounts: Accounts;
  passkeys: Passkeys;
}

export function createPasskeyRenaming({ db, accounts, passkeys }: Dependencies): RenamePasskey {
  return async (userId, id, given) => {
    const name = tidyText('name', given, PASSKEY_NAME_MAX_LENGTH) ?? new FieldProblem('name', 'REQUIRED', 'required');
    if (isProblem(name)) return new InvalidInput([name]);
    const user = await accounts.byId(userId);
    if (!user?.isActive) throw new Unauthenticated();
    const passkey = await passkeys.rename(db, userId, id, name);
    return passkey ? { passkey, user } : new NotFound();
  };
}
