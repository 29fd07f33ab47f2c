import { maskEmail, parseEmail, showEmail } from '../../core/identifiers.ts';
import { isId } from '../../core/ids.ts';
import {
  AccountDisabled,
  FieldProblem,
  InvalidInput,
  isProblem,
  NotFound,
  type RateLimited,
} from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { AdminMessages } from './admin-message.service.ts';
import type { Administrators } from './administrators.service.ts';

/** A link was sent. */
export interface LinkSent {
  /** Masked. */
  sentTo: string;
  expiresAt: Date;
}

/** Sends the owner a link to set a password; no administrator ever sees or sets one. */
export type Recovery = (
  id: string,
  action: AdminAction,
) => Promise<LinkSent | NotFound | AccountDisabled | InvalidInput | RateLimited>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  emailChallenges: EmailChallenges;
  administrators: Administrators;
  messages: AdminMessages;
}

export function createRecovery(dependencies: Dependencies): Recovery {
  const { db, transact, audit, accounts, passwords, emailChallenges, administrators, messages } = dependencies;

  return async (id, action) => {
    const reason = parseReason(action);
    if (reason instanceof FieldProblem) return new InvalidInput([reason]);
    const found = isId(id) ? await accounts.byId(id) : undefined;
    if (!found) return new NotFound();
    if (!found.isActive) return new AccountDisabled();
    const email = parseEmail(found.email ?? '');
    if (!email) return new InvalidInput([new FieldProblem('userId', 'NOT_ALLOWED', 'email-required')]);

    const { viewer, client } = action;
    const event = { type: 'recovery-link', userId: found.id, actorId: viewer.userId, reason, client } as const;
    const permit = await emailChallenges.checkLimits(email, 'administration', client);
    if (isProblem(permit)) {
      await audit.record(db, { ...event, outcome: 'limited' });
      return permit;
    }
    return transact(async (tx) => {
      const user = await administrators.hold(tx, viewer, found.id);
      if (!user) return new NotFound();
      if (!user.isActive) return new AccountDisabled();
      if (user.email !== email) return new NotFound();
      const isNew = user.lastLoginAt === null && !(await passwords.has(tx, user.id));
      const kind = isNew ? 'invitation' : 'reset-password';
      const expiresAt = await messages.passwordLink(tx, permit, kind, { user, email, client });
      await audit.record(tx, { ...event, outcome: 'sent' });
      return { sentTo: maskEmail(showEmail(email)), expiresAt };
    });
  };
}
