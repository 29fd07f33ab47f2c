import type { LastAdministrator, OwnAccount } from '../../core/admin-problems.ts';
import { isId } from '../../core/ids.ts';
import { InvalidInput, isProblem, NotFound } from '../../core/problems.ts';
import type { Transact, Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AccountRemoval } from '../deletion/account-removal.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { SessionEnding } from '../sessions/session-ending.service.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { Administrators } from './administrators.service.ts';

/** An administrator ends sessions of a user, or deletes the account. */
export interface UserRemoval {
  /** Ends the session with this ID, or without one all sessions of the user. Returns how many were live. */
  endSessions(id: string, action: AdminAction, sessionId?: string): Promise<number | NotFound | InvalidInput>;
  /** Returns the deleted user. */
  delete(id: string, action: AdminAction): Promise<User | NotFound | InvalidInput | OwnAccount | LastAdministrator>;
}

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  sessionEnding: SessionEnding;
  removal: AccountRemoval;
  administrators: Administrators;
  notices: Notices;
}

export function createUserRemoval(dependencies: Dependencies): UserRemoval {
  const { transact, audit, accounts, sessionEnding, removal, administrators, notices } = dependencies;

  async function remove(
    tx: Tx,
    user: User,
    waiting: readonly string[],
    { viewer, client }: AdminAction,
    reason?: string,
  ) {
    await removal.begin(tx, user.id);
    const last = await administrators.hold(tx, viewer, user.id);
    if (!last) return new NotFound();
    const event = { type: 'user-deletion', userId: last.id, actorId: viewer.userId, reason, client } as const;
    if (last.id === viewer.userId) {
      await audit.record(tx, { ...event, outcome: 'refused' });
      return administrators.refusal(tx, viewer);
    }
    await removal.remove(tx, last, waiting, client, viewer.userId);
    await notices.accountDeleted(tx, last, client);
    await audit.record(tx, { ...event, outcome: 'succeeded' });
    return last;
  }

  return {
    async endSessions(id, action, sessionId) {
      const reason = parseReason(action);
      if (isProblem(reason)) return new InvalidInput([reason]);
      const { viewer, client } = action;
      return transact(async (tx) => {
        const user = await administrators.hold(tx, viewer, id);
        if (!user) return new NotFound();
        const by = { client, actorId: viewer.userId };
        const ended =
          sessionId === undefined
            ? await sessionEnding.end(tx, { allOf: user.id }, 'revoked', by)
            : await sessionEnding.endOneOf(tx, user.id, sessionId, by);
        if (isProblem(ended)) return ended;
        const event = { type: 'user-sessions-end', outcome: 'succeeded', userId: user.id, sessionId } as const;
        await audit.record(tx, {
          ...event,
          actorId: viewer.userId,
          reason,
          client,
          detail: { sessions: ended },
        });
        return ended;
      });
    },

    async delete(id, action) {
      const reason = parseReason(action);
      if (isProblem(reason)) return new InvalidInput([reason]);
      const user = isId(id) ? await accounts.byId(id) : undefined;
      if (!user) return new NotFound();
      const waiting = await removal.messagesFor(user);
      return transact((tx) => remove(tx, user, waiting, action, reason));
    },
  };
}
