import { Unauthenticated } from '../../core/errors.ts';
import {
  FieldProblem,
  type InvalidCredentials,
  InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import { recentUntil } from '../../core/recent-sign-in.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { SignedToken } from '../sessions/access-token.ts';
import type { Sessions } from '../sessions/session.service.ts';
import { authenticatedAt } from '../sessions/session.ts';
import type { SessionTokens } from '../sessions/session-tokens.service.ts';
import type { OwnerConfirmation } from './owner-confirmation.service.ts';
import type { CheckPassword } from './password-check.service.ts';

export interface ReauthenticationInput {
  password?: string | null | undefined;
  totp?: string | null | undefined;
  passkey?: string | null | undefined;
}

/** An access token that counts as recent. Tokens issued earlier keep their auth_time. */
export interface Renewal {
  access: SignedToken;
  recentUntil: Date;
}

/** Confirms the user of a session again. */
export type Reauthenticate = (
  input: ReauthenticationInput,
  viewer: Viewer,
  client: Client,
) => Promise<Renewal | InvalidCredentials | InvalidInput | RateLimited>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  sessions: Sessions;
  sessionTokens: SessionTokens;
  checkPassword: CheckPassword;
  ownerConfirmation: OwnerConfirmation;
}

export function createReauthentication(dependencies: Dependencies): Reauthenticate {
  const { transact, audit, accounts, sessions, sessionTokens, checkPassword, ownerConfirmation } = dependencies;

  return async (input, viewer, client) => {
    const asked = await accounts.byId(viewer.userId);
    if (!asked?.isActive) throw new Unauthenticated();
    const password = parsePassword(input);
    if (isProblem(password)) return new InvalidInput([password]);
    const checked = await checkPassword(asked, password, client);
    if (isProblem(checked)) return checked;
    if (checked.setAt === undefined) return new InvalidInput([unavailable('password')]);

    const renewed = await transact(async (tx) => {
      const user = await ownerConfirmation.lock(tx, viewer, { checked }, client);
      if (isProblem(user)) return user;
      const session = await sessions.markAuthenticated(tx, viewer.sessionId, ['pwd']);
      if (!session) throw new Unauthenticated();
      const { userId, sessionId } = viewer;
      const event = { type: 'reauthentication', outcome: 'succeeded', userId, sessionId } as const;
      await audit.record(tx, { ...event, method: 'password', client });
      return { user, session };
    });
    if (isProblem(renewed)) return renewed;
    const access = await sessionTokens.issueAccess(renewed);
    return { access, recentUntil: recentUntil(authenticatedAt(renewed.session)) };
  };
}

const METHODS = ['password', 'totp', 'passkey'] as const;

const unavailable = (method: string) => new FieldProblem(method, 'NOT_ALLOWED', 'method-unavailable');

/** The password, if it is the only method given. */
function parsePassword(input: ReauthenticationInput): string | FieldProblem {
  const [method, ...others] = METHODS.filter((method) => input[method]);
  if (!method || others.length > 0) return new FieldProblem('password', 'REQUIRED', 'one-method');
  return method === 'password' ? (input.password ?? '') : unavailable(method);
}
