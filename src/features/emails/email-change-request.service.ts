import { Unauthenticated } from '../../core/errors.ts';
import { type Email, parseEmail } from '../../core/identifiers.ts';
import {
  FieldProblem,
  type InvalidCredentials,
  InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { ReauthenticationRequired } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { messageLocale } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { OwnerConfirmation } from '../sign-in/owner-confirmation.service.ts';

export interface EmailChangeInput {
  newEmail: string;
  password?: string | null | undefined;
}

/**
 * Sends a verification to the new address. If the address has an account, the response and the work are the same, and
 * only its owner learns of it, by email.
 */
export type RequestEmailChange = (
  input: EmailChangeInput,
  viewer: Viewer,
  client: Client,
) => Promise<Challenge | InvalidCredentials | InvalidInput | RateLimited | ReauthenticationRequired>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  emailChallenges: EmailChallenges;
  ownerConfirmation: OwnerConfirmation;
}

export function createEmailChangeRequest(dependencies: Dependencies): RequestEmailChange {
  const { db, transact, audit, accounts, emailChallenges, ownerConfirmation } = dependencies;

  return async ({ newEmail, password }, viewer, client) => {
    const user = await accounts.byId(viewer.userId);
    if (!user?.isActive) throw new Unauthenticated();
    const email = parseNewEmail(newEmail, user.email);
    if (isProblem(email)) return email;

    const confirmation = await ownerConfirmation.requirePassword(user, viewer, password, client);
    if (isProblem(confirmation)) return confirmation;
    const event = { type: 'email-change', userId: user.id, sessionId: viewer.sessionId, client } as const;
    const permit = await emailChallenges.checkLimits(email, 'change', client);
    if (isProblem(permit)) {
      await audit.record(db, { ...event, outcome: 'limited' });
      return permit;
    }
    const request = { purpose: 'CHANGE_EMAIL', email, permit, userId: user.id, askedBy: user.id, client } as const;
    return transact(async (tx) => {
      // A new password since then has withdrawn pending changes; none may follow it.
      const locked = await ownerConfirmation.lock(tx, viewer, confirmation, client);
      if (isProblem(locked)) return locked;
      const owner = await accounts.byEmail(tx, email);
      await audit.record(tx, { ...event, outcome: 'requested' });
      const locale = messageLocale(owner ?? user, client.locale);
      return owner
        ? emailChallenges.sendDecoy(tx, { ...request, locale }, 'email-taken')
        : emailChallenges.send(tx, { ...request, locale });
    });
  };
}

function parseNewEmail(text: string, current: string | null): Email | InvalidInput {
  const email = parseEmail(text);
  if (!email) return new InvalidInput([new FieldProblem('newEmail', 'INVALID_FORMAT', 'email-format')]);
  if (email === current) return new InvalidInput([new FieldProblem('newEmail', 'NOT_ALLOWED', 'email-same')]);
  return email;
}
