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
import type { Factors } from '../factors/factor.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';
import { parseTotpCode } from '../factors/totp.ts';
import type { SignedToken } from '../sessions/access-token.ts';
import { authenticatedAt } from '../sessions/session.ts';
import type { SessionTokens } from '../sessions/session-tokens.service.ts';
import type { Confirmation, OwnerConfirmation } from './owner-confirmation.service.ts';
import type { RenewByPasskey } from './passkey-reauthentication.service.ts';
import type { CheckPassword } from './password-check.service.ts';
import type { Reauthentication, RenewSession } from './session-renewal.service.ts';
import type { CheckTotp } from './totp-check.service.ts';

export interface ReauthenticationInput {
  challengeId?: string | null | undefined;
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
interface Checked extends Reauthentication {
  confirmation: Confirmation;
  /** False if the answer has been used in the meantime. */
  accept?(tx: Db): Promise<boolean>;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  accounts: Accounts;
  factors: Pick<Factors, 'of'>;
  totp: Pick<TotpFactors, 'accept' | 'has'>;
  sessionTokens: SessionTokens;
  checkPassword: CheckPassword;
  checkTotp: CheckTotp;
  ownerConfirmation: OwnerConfirmation;
  renewSession: RenewSession;
  renewByPasskey: RenewByPasskey;
}

export function createReauthentication(dependencies: Dependencies): Reauthenticate {
  const { db, transact, accounts, factors, totp, sessionTokens, checkPassword, checkTotp } = dependencies;
  const { ownerConfirmation, renewSession, renewByPasskey } = dependencies;

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
    return { method: 'totp', methods: ['otp', 'mfa'], confirmation: { showsFactor: true }, accept } satisfies Checked;
  }

  /** Checks the password or the code before the transaction that renews the session. */
  async function renewByGuess(method: 'password' | 'totp', user: User, given: string, viewer: Viewer, client: Client) {
    const checked: Checked | RefusedGuess =
      method === 'password' ? await confirmByPassword(user, given, client) : await confirmByTotp(user, given, client);
    if (isProblem(checked)) return checked;
    return transact(async (tx) => {
      const locked = await ownerConfirmation.lock(tx, viewer, checked.confirmation, client);
      if (isProblem(locked)) return locked;
      if (checked.accept && !(await checked.accept(tx))) return new ChallengeFailed('ALREADY_USED');
      return { user: locked, session: await renewSession(tx, viewer, checked, client) };
    });
  }

  async function renew(user: User, input: ReauthenticationInput, viewer: Viewer, client: Client) {
    const [method, ...others] = METHODS.filter((method) => input[method]);
    if (!method || others.length > 0) return new InvalidInput([new FieldProblem('password', 'REQUIRED', 'one-method')]);
    const given = input[method] ?? '';
    if (method !== 'passkey') return renewByGuess(method, user, given, viewer, client);
    if (!(await factors.of(db, user.id)).includes('PASSKEY')) return new InvalidInput([unavailable(method)]);
    return renewByPasskey({ challengeId: input.challengeId, passkey: given }, viewer, client);
  }

  return async (input, viewer, client) => {
    const user = await accounts.byId(viewer.userId);
    if (!user?.isActive) throw new Unauthenticated();
    const renewed = await renew(user, input, viewer, client);
    if (isProblem(renewed)) return renewed;
    const access = await sessionTokens.issueAccess(renewed);
    return { access, recentUntil: recentUntil(authenticatedAt(renewed.session)) };
  };
}

type RefusedGuess = ChallengeFailed | InvalidCredentials | InvalidInput | RateLimited;

const METHODS = ['password', 'totp', 'passkey'] as const;

const unavailable = (method: string) => new FieldProblem(method, 'NOT_ALLOWED', 'method-unavailable');
