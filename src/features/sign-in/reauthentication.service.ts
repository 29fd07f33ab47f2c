import type { AuthenticationMethod } from '../../core/authentication-methods.ts';
import { Unauthenticated } from '../../core/errors.ts';
import {
  ChallengeFailed,
  FieldProblem,
  type InvalidCredentials,
  InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import { recentUntil } from '../../core/recent-sign-in.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';
import { parseTotpCode } from '../factors/totp.ts';
import type { SignedToken } from '../sessions/access-token.ts';
import type { Sessions } from '../sessions/session.service.ts';
import { authenticatedAt } from '../sessions/session.ts';
import type { SessionTokens } from '../sessions/session-tokens.service.ts';
import type { Confirmation, OwnerConfirmation } from './owner-confirmation.service.ts';
import type { CheckPassword } from './password-check.service.ts';
import type { CheckTotp } from './totp-check.service.ts';

export interface ReauthenticationInput {
  password?: string | null | undefined;
  totp?: string | null | undefined;
  passkey?: string | null | undefined;
}

/** An access token that counts as recent. Those issued before stay as old as they are. */
export interface Renewal {
  access: SignedToken;
  recentUntil: Date;
}

/** Confirms the user of a session again. An account that requires a second factor must use one. */
export type Reauthenticate = (
  input: ReauthenticationInput,
  viewer: Viewer,
  client: Client,
) => Promise<Renewal | ChallengeFailed | InvalidCredentials | InvalidInput | RateLimited>;

/** What was checked before the transaction. */
interface Checked {
  /** For the audit event. */
  method: 'password' | 'totp';
  /** For the amr claim of the session. */
  methods: readonly AuthenticationMethod[];
  confirmation: Confirmation;
  /** False if the answer has been used in the meantime. */
  accept?(tx: Db): Promise<boolean>;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  totp: Pick<TotpFactors, 'accept' | 'has'>;
  sessions: Sessions;
  sessionTokens: SessionTokens;
  checkPassword: CheckPassword;
  checkTotp: CheckTotp;
  ownerConfirmation: OwnerConfirmation;
}

export function createReauthentication(dependencies: Dependencies): Reauthenticate {
  const { db, transact, audit, accounts, totp, sessions, sessionTokens, checkPassword, checkTotp } = dependencies;
  const { ownerConfirmation } = dependencies;

  async function confirmByPassword(user: User, password: string, client: Client) {
    if (user.secondFactorRequired) return new InvalidInput([unavailable('password')]);
    const checked = await checkPassword(user, password, client);
    if (isProblem(checked)) return checked;
    if (checked.setAt === undefined) return new InvalidInput([unavailable('password')]);
    return { method: 'password', methods: ['pwd'], confirmation: { checked } } satisfies Checked;
  }

  async function confirmByTotp({ id }: User, text: string, client: Client) {
    const code = parseTotpCode(text);
    if (code === undefined) return new InvalidInput([new FieldProblem('totp', 'INVALID_FORMAT', 'code-format')]);
    if (!(await totp.has(db, id))) return new InvalidInput([unavailable('totp')]);
    const match = await checkTotp(id, code, client);
    if (isProblem(match)) return match;
    const accept = (tx: Db) => totp.accept(tx, match);
    return { method: 'totp', methods: ['otp', 'mfa'], confirmation: {}, accept } satisfies Checked;
  }

  async function confirm(user: User, input: ReauthenticationInput, client: Client) {
    const [method, ...others] = METHODS.filter((method) => input[method]);
    if (!method || others.length > 0) return new InvalidInput([new FieldProblem('password', 'REQUIRED', 'one-method')]);
    const given = input[method] ?? '';
    if (method === 'password') return confirmByPassword(user, given, client);
    return method === 'totp' ? confirmByTotp(user, given, client) : new InvalidInput([unavailable(method)]);
  }

  return async (input, viewer, client) => {
    const asked = await accounts.byId(viewer.userId);
    if (!asked?.isActive) throw new Unauthenticated();
    const checked = await confirm(asked, input, client);
    if (isProblem(checked)) return checked;
    const { method, methods, confirmation, accept }: Checked = checked;

    const renewed = await transact(async (tx) => {
      const user = await ownerConfirmation.lock(tx, viewer, confirmation, client);
      if (isProblem(user)) return user;
      if (accept && !(await accept(tx))) return new ChallengeFailed('ALREADY_USED');
      const session = await sessions.markAuthenticated(tx, viewer.sessionId, methods);
      if (!session) throw new Unauthenticated();
      const { userId, sessionId } = viewer;
      const event = { type: 'reauthentication', outcome: 'succeeded', userId, sessionId } as const;
      await audit.record(tx, { ...event, method, client });
      return { user, session };
    });
    if (isProblem(renewed)) return renewed;
    const access = await sessionTokens.issueAccess(renewed);
    return { access, recentUntil: recentUntil(authenticatedAt(renewed.session)) };
  };
}

const METHODS = ['password', 'totp', 'passkey'] as const;

const unavailable = (method: string) => new FieldProblem(method, 'NOT_ALLOWED', 'method-unavailable');
