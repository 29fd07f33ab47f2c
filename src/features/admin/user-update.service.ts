import { hasRole } from '../../core/access.ts';
import { LastAdministrator, OwnAccount } from '../../core/admin-problems.ts';
import type { Clock } from '../../core/clock.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { acceptInput } from '../../core/input.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import {
  type EmailTaken,
  FieldProblem,
  InvalidInput,
  isProblem,
  NotFound,
  type PhoneTaken,
} from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Metadata } from '../accounts/metadata.service.ts';
import { changedMetadata } from '../accounts/metadata.ts';
import { pickProfile } from '../accounts/profile.ts';
import { asTaken } from '../accounts/taken.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import { CUSTOM_CLAIMS_MAX_BYTES, type CustomClaims } from '../sessions/custom-claims.service.ts';
import { MAILBOX, type VerifyAddress } from '../sign-in/address-verification.service.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { Administrators } from './administrators.service.ts';
import { hasIdentity, updateManaged } from './managed-user.repo.ts';
import {
  applied,
  appliedMetadata,
  type Change,
  type ChangesInput,
  canBeReached,
  changesBetween,
  explainLargeClaims,
  parseWanted,
  touchesWaysIn,
  type Wanted,
} from './managed-user.ts';
import { UserChanged } from './user-changed.ts';

/** Changes another user's account, or harmless fields of the administrator's own. */
export type UpdateUser = (
  request: UpdateRequest,
  action: AdminAction,
) => Promise<User | InvalidInput | NotFound | OwnAccount | LastAdministrator | EmailTaken | PhoneTaken | UserChanged>;

interface UpdateRequest {
  id: string;
  input: ChangesInput;
  /** The account's updatedAt as the administrator saw it. Not checked if it is missing. */
  expectedUpdatedAt: Date | null | undefined;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  metadata: Metadata;
  customClaims: Pick<CustomClaims, 'fit'>;
  phones: PhoneReader;
  invalidate: Invalidate;
  verifyAddress: VerifyAddress;
  administrators: Administrators;
  notices: Notices;
}

/** A valid request. */
interface Requested extends Pick<UpdateRequest, 'id' | 'expectedUpdatedAt'> {
  wanted: Wanted;
  action: AdminAction;
  reason: string | undefined;
}

type PlainChange =
  | 'deactivated'
  | 'administrator role removed'
  | 'email changed by an administrator'
  | 'phone changed by an administrator'
  | 'verified phone changed by an administrator';

export function createUserUpdate(dependencies: Dependencies): UpdateUser {
  const { db, transact, clock, audit, metadata, customClaims } = dependencies;
  const { phones, invalidate, verifyAddress, administrators, notices } = dependencies;

  /**
   * If the administrator confirms an address that was never verified, its owner gets the account: an attacker may have
   * signed up with it. The profile stays, and the number if the administrator confirms it, too.
   */
  async function confirmAddress(tx: Db, before: User, next: User, wanted: Wanted, { viewer, client }: AdminAction) {
    const email = parseEmail(before.email ?? '');
    const isConfirmed = before.emailVerifiedAt === null && next.emailVerifiedAt !== null && next.email === before.email;
    if (!email || !isConfirmed) return before;
    const { phone, phoneVerifiedAt } = before;
    const kept = { ...pickProfile(before), ...(wanted.phoneVerified && { phone, phoneVerifiedAt }) };
    const request = { user: before, email, shown: MAILBOX, kept, client, actorId: viewer.userId };
    return (await verifyAddress(tx, request)).user;
  }

  async function change(tx: Db, { id, wanted, expectedUpdatedAt, action, reason }: Requested) {
    const { viewer, client } = action;
    const before = await administrators.hold(tx, viewer, id);
    if (!before) return new NotFound();
    // Under the lock of the row. The column has milliseconds, like the API.
    if (expectedUpdatedAt && expectedUpdatedAt.getTime() !== before.updatedAt.getTime()) return new UserChanged(before);
    const now = clock.now();
    const next = { ...applied(before, wanted, now), updatedAt: now };
    const data = await metadata.read(tx, before.id);
    const nextData = appliedMetadata(data, wanted);
    const changes = changesBetween(before, next);
    const changedData = changedMetadata(data, nextData);
    if (changes.length + changedData.length === 0) return before;
    const isTooLarge = !customClaims.fit(next, nextData.publicMetadata);
    const tooLarge = isTooLarge ? explainLargeClaims(wanted, CUSTOM_CLAIMS_MAX_BYTES) : undefined;
    if (tooLarge) return tooLarge;

    if (before.id === viewer.userId && locksOut(next, changes)) return administrators.refusal(tx, viewer);
    if (touchesWaysIn(changes) && !canBeReached(next) && !(await hasIdentity(tx, before.id)))
      return new InvalidInput([new FieldProblem('email', 'REQUIRED', 'email-required')]);

    const confirmed = await confirmAddress(tx, before, next, wanted, action);
    const {
      id: _,
      createdAt: __,
      lastLoginAt: ___,
      ...columns
    } = { ...applied(confirmed, wanted, now), updatedAt: now };
    const user = await updateManaged(tx, before, columns);
    if (changedData.length > 0) await metadata.save(tx, user.id, nextData);
    for (const change of changesOfAccount(before, user))
      await invalidate(tx, change, { user, client, actorId: viewer.userId });
    await notices.emailChanged(tx, before, user, client);
    await notices.phoneChanged(tx, before, user, client);
    await notices.accountChanged(tx, before, user, client);
    const detail = {
      changed: [...changes, ...changedData].join(),
      ...(changes.includes('roles') && { roles: user.roles.join() }),
    };
    const event = { type: 'user-update', outcome: 'succeeded', userId: user.id, actorId: viewer.userId } as const;
    await audit.record(tx, { ...event, reason, client, detail });
    return user;
  }

  return async ({ id, input, expectedUpdatedAt }, action) => {
    const accepted = acceptInput({ wanted: parseWanted(input, phones), reason: parseReason(action) });
    if (isProblem(accepted)) return accepted;
    const { wanted, reason } = accepted;
    const event = { type: 'user-update', actorId: action.viewer.userId, reason, client: action.client } as const;
    try {
      const done = await transact((tx) => change(tx, { id, wanted, expectedUpdatedAt, action, reason }));
      if (done instanceof OwnAccount || done instanceof LastAdministrator)
        await audit.record(db, { ...event, outcome: 'refused', userId: action.viewer.userId });
      return done;
    } catch (error) {
      const taken = asTaken(error);
      if (!taken) throw error;
      await audit.record(db, { ...event, outcome: 'taken', userId: id });
      return taken;
    }
  };
}

/** Whether administrators could lock themselves out. For their own account, they use other operations. */
const locksOut = (next: User, changes: readonly Change[]): boolean =>
  touchesWaysIn(changes) || !next.isActive || !hasRole(next.roles, 'ADMIN');

/**
 * The changes that invalidate something, in order: the first one is the reason that the sessions get. Of the roles only the loss
 * of ADMIN is one, because roles are read at each request.
 */
function changesOfAccount(before: User, after: User): PlainChange[] {
  const changes: PlainChange[] = [];
  if (before.isActive && !after.isActive) changes.push('deactivated');
  if (hasRole(before.roles, 'ADMIN') && !hasRole(after.roles, 'ADMIN')) changes.push('administrator role removed');
  if (before.email !== after.email) changes.push('email changed by an administrator');
  if (before.phone !== after.phone)
    changes.push(
      before.phoneVerifiedAt ? 'verified phone changed by an administrator' : 'phone changed by an administrator',
    );
  return changes;
}
