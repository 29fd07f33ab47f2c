import { hasRole } from '../../core/access.ts';
import type { Clock } from '../../core/clock.ts';
import { acceptInput } from '../../core/input.ts';
import {
  type EmailTaken,
  FieldProblem,
  InvalidInput,
  isProblem,
  LastAdministrator,
  NotFound,
  OwnAccount,
  type PhoneTaken,
} from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { SessionEnd } from '../../infra/db/tables.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { AdminMessages } from './admin-message.service.ts';
import type { Administrators } from './administrators.service.ts';
import { hasIdentity, updateManaged } from './managed-user.repo.ts';
import {
  applied,
  type Change,
  type ChangesInput,
  canBeReached,
  changesBetween,
  parseWanted,
  touchesWaysIn,
  type Wanted,
} from './managed-user.ts';
import { takenBy } from './user-creation.service.ts';

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  challenges: Challenges;
  sessions: Sessions;
  administrators: Administrators;
  messages: AdminMessages;
}

export type UpdateUser = ReturnType<typeof createUserUpdate>;

/** Changes to somebody else's account, or to what is harmless of one's own. */
export function createUserUpdate({
  db,
  transact,
  clock,
  audit,
  challenges,
  sessions,
  administrators,
  messages,
}: Dependencies) {
  async function change(tx: Db, id: string, wanted: Wanted, action: AdminAction, reason: string | undefined) {
    const { viewer, client } = action;
    const before = await administrators.hold(tx, viewer, id);
    if (!before) return new NotFound();
    const now = clock.now();
    const next = { ...applied(before, wanted, now), updatedAt: now };
    const changes = changesBetween(before, next);
    if (changes.length === 0) return before;

    if (before.id === viewer.userId && locksOut(next, changes)) return administrators.refusal(tx, viewer);
    if (touchesWaysIn(changes) && !canBeReached(next) && !(await hasIdentity(tx, before.id)))
      return new InvalidInput([new FieldProblem('email', 'REQUIRED', 'email-required')]);

    const { id: _, createdAt: __, lastLoginAt: ___, ...columns } = next;
    const user = await updateManaged(tx, before.id, columns);
    const cause = endOf(before, user);
    if (cause) await sessions.endWithin(tx, { allOf: user.id }, cause, client, viewer.userId);
    await dropPending(tx, before, user);
    if (changes.includes('email')) await messages.emailChanged(tx, before, user.email, client);
    if (changes.includes('phone')) await messages.phoneChanged(tx, before, user.phone, client);
    const detail = { changed: changes.join(), ...(changes.includes('roles') && { roles: user.roles.join() }) };
    const event = { type: 'user-update', outcome: 'succeeded', userId: user.id, actorId: viewer.userId } as const;
    await audit.record(tx, { ...event, reason, client, detail });
    return user;
  }

  /** What was asked before the change says nothing about the account as it is now. */
  async function dropPending(tx: Db, before: User, user: User): Promise<void> {
    const isMoved = before.email !== user.email;
    const isRenumbered = before.phone !== user.phone;
    const own = { userId: user.id };
    if (isMoved || !user.isActive) await challenges.withdraw(tx, own, 'CHANGE_EMAIL');
    if (isRenumbered || !user.isActive) await challenges.withdraw(tx, own, 'VERIFY_PHONE');
    if (isRenumbered && before.phone) await challenges.withdraw(tx, own, 'LOGIN_PHONE');
    if (!isMoved) return;
    await challenges.withdraw(tx, own, 'UNDO_EMAIL_CHANGE');
    if (before.email) await challenges.withdraw(tx, { subject: before.email }, 'RESET_PASSWORD');
    if (user.email) await challenges.withdraw(tx, { subject: user.email }, 'SIGN_UP');
  }

  return async (
    id: string,
    input: ChangesInput,
    action: AdminAction,
  ): Promise<User | InvalidInput | NotFound | OwnAccount | LastAdministrator | EmailTaken | PhoneTaken> => {
    const accepted = acceptInput({ wanted: parseWanted(input), reason: parseReason(action) });
    if (isProblem(accepted)) return accepted;
    const { wanted, reason } = accepted;
    const event = { type: 'user-update', actorId: action.viewer.userId, reason, client: action.client } as const;
    try {
      const done = await transact((tx) => change(tx, id, wanted, action, reason));
      if (done instanceof OwnAccount || done instanceof LastAdministrator)
        await audit.record(db, { ...event, outcome: 'refused', userId: action.viewer.userId });
      return done;
    } catch (error) {
      const taken = takenBy(error);
      if (!taken) throw error;
      await audit.record(db, { ...event, outcome: 'taken', userId: id });
      return taken;
    }
  };
}

/** Of one's own account: what could leave one standing outside. There are operations for it that ask for proof. */
const locksOut = (next: User, changes: readonly Change[]): boolean =>
  touchesWaysIn(changes) || !next.isActive || !hasRole(next.roles, 'ADMIN');

/**
 * Whoever was signed in came in by ways that are no more: they sign in again. Roles are no reason, because they are read
 * at each request.
 */
function endOf(before: User, user: User): SessionEnd | undefined {
  if (before.isActive && !user.isActive) return 'deactivated';
  if (before.email !== user.email) return 'email-changed';
  return before.phoneVerifiedAt && before.phone !== user.phone ? 'revoked' : undefined;
}
