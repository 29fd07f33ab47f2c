import type { Clock } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { InvalidCredentials, isProblem, type RateLimited } from '../../core/problems.ts';
import { recentUntil } from '../../core/recent-sign-in.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { type ReauthenticationMethod, ReauthenticationRequired } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { CheckedPassword, CheckPassword } from './password-check.service.ts';

/** What `requirePassword` has accepted. */
export interface Confirmation {
  /** Undefined if the password was omitted. */
  checked?: CheckedPassword;
  /** Whether the caller shows a second factor with this request. */
  showsFactor?: boolean;
}

/** Confirms that the caller owns the account: an access token can be stolen. See docs/decisions/0011. */
export interface OwnerConfirmation {
  /**
   * The refusal, unless the token comes from a recent sign-in or reauthentication. Throws Unauthenticated.
   * @param operation for the audit event
   */
  requireRecentSignIn(viewer: Viewer, operation: string, client: Client): Promise<ReauthenticationRequired | undefined>;
  /**
   * Refuses unless the password is right. An account that requires a second factor also needs a recent sign-in. The password
   * may be omitted after a recent reauthentication, or, if the account has no password, after a recent sign-in.
   */
  requirePassword(
    user: User,
    viewer: Viewer,
    password: string | null | undefined,
    client: Client,
  ): Promise<Confirmation | InvalidCredentials | RateLimited | ReauthenticationRequired>;
  /**
   * Locks the account for the change that was confirmed. InvalidCredentials if the password has changed since it was
   * checked. Throws Unauthenticated if the session has ended, because a reset in the meantime wins, and if the account
   * requires a second factor by now and the caller has shown one factor.
   */
  lock(tx: Db, viewer: Viewer, confirmation: Confirmation, client: Client): Promise<User | InvalidCredentials>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  factors: Pick<Factors, 'of'>;
  sessions: Sessions;
  checkPassword: CheckPassword;
}

export function createOwnerConfirmation(dependencies: Dependencies): OwnerConfirmation {
  const { db, clock, audit, accounts, passwords, factors, sessions, checkPassword } = dependencies;

  const isRecent = ({ authenticatedAt }: Viewer) => clock.now() < recentUntil(authenticatedAt);

  /** An account that requires a second factor must have shown two in the session, if perhaps not in this token. */
  const isConfirmed = async ({ secondFactorRequired }: User, viewer: Viewer) =>
    isRecent(viewer) && (!secondFactorRequired || (await sessions.hasTwoFactors(viewer)));

  async function refuse({ id, secondFactorRequired }: User) {
    const methods: ReauthenticationMethod[] = (await factors.of(db, id)).filter((factor) => factor !== 'RECOVERY_CODE');
    if (!secondFactorRequired && (await passwords.has(db, id))) methods.push('PASSWORD');
    return new ReauthenticationRequired(methods.length > 0 ? methods : ['SIGN_IN']);
  }

  return {
    async requireRecentSignIn(viewer, operation, client) {
      const { userId, sessionId } = viewer;
      const user = await accounts.byId(userId);
      if (!user?.isActive) throw new Unauthenticated();
      if (viewer.actorId === undefined && (await isConfirmed(user, viewer))) return undefined;
      const event = { type: 'access', outcome: 'reauthentication-required', userId, sessionId, client } as const;
      await audit.record(db, { ...event, detail: { operation } });
      // Nothing that an administrator could enter would help.
      return viewer.actorId === undefined ? refuse(user) : new ReauthenticationRequired([]);
    },

    async requirePassword(user, viewer, password, client) {
      const isRecent = await isConfirmed(user, viewer);
      if (!isRecent && (!password || user.secondFactorRequired)) return refuse(user);
      if (!password && (await sessions.hasReauthenticated(viewer))) return {};
      const checked = await checkPassword(user, password, client);
      if (isProblem(checked)) return checked;
      return checked.setAt !== undefined || isRecent ? { checked } : refuse(user);
    },

    async lock(tx, viewer, { checked, showsFactor = false }, client) {
      const user = await (showsFactor ? sessions.lockHolder(tx, viewer) : sessions.lockForChange(tx, viewer));
      if (!user) throw new Unauthenticated();
      if (!checked || (await passwords.isStill(tx, user.id, checked.setAt))) return user;
      const event = { type: 'sign-in', outcome: 'wrong-credentials', method: 'password' } as const;
      await audit.record(tx, { ...event, userId: user.id, client });
      return new InvalidCredentials();
    },
  };
}
