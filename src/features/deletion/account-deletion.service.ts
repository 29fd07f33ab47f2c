import { LastAdministrator } from '../../core/admin-problems.ts';
import { Unauthenticated, Unavailable } from '../../core/errors.ts';
import { type InvalidCredentials, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { ReauthenticationRequired } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Confirmation, OwnerConfirmation } from '../sign-in/owner-confirmation.service.ts';
import { AccountDeleted } from './account-deleted.ts';
import type { AccountRemoval } from './account-removal.service.ts';

/** Deletes the account at its owner's request, with all its secrets and sessions. */
export type DeleteAccount = (
  password: string | null | undefined,
  viewer: Viewer,
  client: Client,
) => Promise<AccountDeleted | InvalidCredentials | RateLimited | LastAdministrator | ReauthenticationRequired>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  notices: Notices;
  removal: AccountRemoval;
  ownerConfirmation: OwnerConfirmation;
}

/** A deletion that its owner has confirmed. */
interface Confirmed {
  user: User;
  viewer: Viewer;
  confirmation: Confirmation;
  client: Client;
}

export function createAccountDeletion(dependencies: Dependencies): DeleteAccount {
  const { db, transact, audit, accounts, notices, removal, ownerConfirmation } = dependencies;

  /** Locks the account before its sessions end: a concurrent sign-in came first and is ended, or finds no account. */
  async function remove(tx: Db, { user, viewer, confirmation, client }: Confirmed, messages: readonly string[]) {
    await removal.begin(tx, user.id);
    const administrators = user.roles.includes('ADMIN') ? await accounts.lockAdministrators(tx) : [];
    const last = await ownerConfirmation.lock(tx, viewer, confirmation, client);
    if (isProblem(last)) return last;
    // Promoted since `user` was read: locking the other administrators only now could deadlock.
    if (last.roles.includes('ADMIN') && administrators.length === 0)
      throw new Unavailable('database', { cause: new Error('the user was promoted this moment') });
    if (administrators.length === 1 && administrators[0] === user.id) return new LastAdministrator();

    const ended = await removal.remove(tx, last, messages, client);
    await notices.accountDeleted(tx, last, client);
    await audit.record(tx, { type: 'account-deletion', outcome: 'succeeded', userId: user.id, client });
    return ended;
  }

  return async (password, viewer, client) => {
    const user = await accounts.byId(viewer.userId);
    if (!user?.isActive) throw new Unauthenticated();
    const event = { type: 'account-deletion', userId: user.id, sessionId: viewer.sessionId, client } as const;
    const confirmation = await ownerConfirmation.requirePassword(user, viewer, password, client);
    if (isProblem(confirmation)) {
      await audit.record(db, { ...event, outcome: 'refused' });
      return confirmation;
    }

    const messages = await removal.messagesFor(user);
    const done = await transact((tx) => remove(tx, { user, viewer, confirmation, client }, messages));
    if (isProblem(done)) {
      const outcome = done instanceof LastAdministrator ? 'last-administrator' : 'refused';
      await audit.record(db, { ...event, outcome });
      return done;
    }
    return new AccountDeleted(done);
  };
}
