import { MINUTE } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { showEmail } from '../../core/identifiers.ts';
import type { InvalidInput, RateLimited } from '../../core/problems.ts';
import type { Viewer } from '../../core/request.ts';
import { randomToken } from '../../core/secrets.ts';
import { FeatureDisabled } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import { type Passkeys, tooManyPasskeys } from '../factors/passkey.service.ts';
import { MAX_PASSKEYS } from '../factors/passkey.ts';
import type { WebAuthn } from '../factors/webauthn.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { PendingPasskey, StartedCeremony } from './pending-passkey.ts';

/** Milliseconds for creating the passkey. */
const FINISHED_WITHIN = 10 * MINUTE;

const PURPOSE = 'PASSKEY_REGISTRATION';

/** Options for a new passkey of the signed-in user. Throws Unauthenticated if the session has ended. */
export type StartPasskeyRegistration = (
  viewer: Viewer,
) => Promise<StartedCeremony | FeatureDisabled | InvalidInput | RateLimited>;

interface Dependencies {
  transact: Transact;
  sessions: Sessions;
  challenges: Challenges;
  passkeys: Passkeys;
  /** Undefined: passkeys are off. */
  webAuthn: WebAuthn | undefined;
  limiter: RateLimiter;
  limits: Limits;
}

export function createPasskeyRegistrationStart(dependencies: Dependencies): StartPasskeyRegistration {
  const { transact, sessions, challenges, passkeys, webAuthn, limiter, limits } = dependencies;

  /** The same for all passkeys of the user, also for two that are being created now. */
  async function chooseUserHandle(tx: Db, userId: string): Promise<string> {
    const [pending] = await challenges.open(tx, { subject: userId, purpose: PURPOSE, limit: 1 });
    const { userHandle } = { ...pending?.payload } as Partial<PendingPasskey>; // Only this file writes it.
    return (await passkeys.userHandle(tx, userId)) ?? userHandle ?? randomToken();
  }

  return async (viewer) => {
    if (!webAuthn) return new FeatureDisabled();
    const limited = await limiter.consume({ limit: limits.passkeyRegistrations, key: viewer.userId });
    if (limited) return limited;
    return transact(async (tx) => {
      const user = await sessions.lockForChange(tx, viewer);
      if (!user) throw new Unauthenticated();
      const existing = await passkeys.own(tx, user.id);
      if (existing.length >= MAX_PASSKEYS) return tooManyPasskeys('passkeys');
      const pending: PendingPasskey = { userHandle: await chooseUserHandle(tx, user.id) };
      const request = { purpose: PURPOSE, subject: user.id, channel: 'CLIENT', userId: user.id } as const;
      const answers = { code: false, link: FINISHED_WITHIN };
      const { challenge, secrets } = await challenges.issue(tx, { ...request, payload: pending }, answers);
      const ceremony = { challenge: secrets.token ?? '', timeout: FINISHED_WITHIN };
      const options = webAuthn.creationOptions(ceremony, { handle: pending.userHandle, ...namesOf(user) }, existing);
      return { challengeId: challenge.id, options, expiresAt: challenge.expiresAt };
    });
  };
}

/** What authenticators show in their lists: the address or number, and the name. */
function namesOf({ email, phone, firstName, lastName }: User) {
  const displayName = [firstName, lastName].filter(Boolean).join(' ');
  return { name: (email && showEmail(email)) || phone || displayName || 'user', displayName };
}
