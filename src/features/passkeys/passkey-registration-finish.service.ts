import { describeDevice } from '../../core/device.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { acceptInput } from '../../core/input.ts';
import { ChallengeFailed, type InvalidInput, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { tidyText } from '../accounts/profile.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Passkeys } from '../factors/passkey.service.ts';
import { PASSKEY_NAME_MAX_LENGTH, type Passkey } from '../factors/passkey.ts';
import { failureReason } from '../factors/passkey-rejected.ts';
import type { WebAuthn } from '../factors/webauthn.ts';
import { parseRegistration } from '../factors/webauthn-response.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { FactorChanges } from '../sign-in/factor-changes.service.ts';
import type { PendingPasskey } from './pending-passkey.ts';

export interface RegistrationInput {
  challengeId: string;
  response: string;
  name?: string | null | undefined;
}

export interface SavedPasskey {
  passkey: Passkey;
  user: User;
}

/**
 * Adds the passkey to the account of the user who started, and notifies the owner. Of any number of calls with one
 * response, one saves it. Throws Unauthenticated if the session has ended.
 */
export type FinishPasskeyRegistration = (
  input: RegistrationInput,
  viewer: Viewer,
  client: Client,
) => Promise<SavedPasskey | ChallengeFailed | InvalidInput | RateLimited>;

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  sessions: Sessions;
  redeem: Redeem;
  passkeys: Passkeys;
  factorChanges: Pick<FactorChanges, 'announce'>;
  /** Undefined: passkeys are off. */
  webAuthn: WebAuthn | undefined;
}

export function createPasskeyRegistrationFinish(dependencies: Dependencies): FinishPasskeyRegistration {
  const { db, audit, accounts, sessions, redeem, passkeys, factorChanges, webAuthn } = dependencies;

  async function recordRefusal(refused: ChallengeFailed, { userId }: Viewer, client: Client): Promise<void> {
    const event = { type: 'second-factor', outcome: 'refused', userId, client } as const;
    await audit.record(db, { ...event, detail: { reason: failureReason(refused) } });
  }

  return async (input, viewer, client) => {
    if (!(await accounts.byId(viewer.userId))?.isActive) throw new Unauthenticated();
    const accepted = acceptInput({
      name: tidyText('name', input.name, PASSKEY_NAME_MAX_LENGTH),
      response: parseRegistration('response', input.response),
    });
    if (isProblem(accepted)) return accepted;
    const { response, name } = accepted;
    const { challenge: token } = response.clientData;
    const outcome = await redeem(
      { token },
      {
        purposes: ['PASSKEY_REGISTRATION'],
        client,
        async prepare({ id, userId }) {
          if (id !== input.challengeId || userId !== viewer.userId || !webAuthn) return new ChallengeFailed('UNKNOWN');
          return webAuthn.verifyRegistration(response, token);
        },
        async lock(tx) {
          const user = await sessions.lockForChange(tx, viewer);
          if (!user) throw new Unauthenticated();
          return user;
        },
        async apply(tx, { payload }, { ready: credential, holder: user }) {
          const { userHandle } = payload as PendingPasskey; // Only passkey-registration-start.service.ts writes it.
          const owned = { userId: user.id, userHandle, name: name ?? defaultName(client) };
          const passkey = await passkeys.add(tx, { ...credential, ...owned });
          if (isProblem(passkey)) return passkey;
          await factorChanges.announce(tx, { user, changes: ['passkey-added'], at: passkey.createdAt, client });
          return { passkey, user };
        },
      },
    );
    if (outcome instanceof ChallengeFailed) await recordRefusal(outcome, viewer, client);
    return outcome;
  };
}

const defaultName = ({ userAgent }: Client): string =>
  userAgent ? `Passkey (${describeDevice(userAgent)})` : 'Passkey';
