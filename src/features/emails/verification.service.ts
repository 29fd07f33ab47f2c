import { parseEmail } from '../../core/identifiers.ts';
import { isId } from '../../core/ids.ts';
import { acceptInput } from '../../core/input.ts';
import {
  AccountDisabled,
  ChallengeFailed,
  type InvalidCredentials,
  type InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { DEVICE_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type AnswerInput, answerMethod, parseAnswer } from '../challenges/answer.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { Shown, VerifyAddress } from '../sign-in/address-verification.service.ts';
import type { CheckHolder } from '../sign-in/holder-check.service.ts';
import type { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import { EmailVerified } from './email-verified.ts';
import { accountFor, pendingSignUps } from './pending-sign-up.ts';

export interface VerificationInput extends AnswerInput {
  device?: string | null | undefined;
  /** The account's password, to keep what the account has. */
  password?: string | null | undefined;
}

/**
 * Verifies an address: completes a pending sign-up, or verifies the address of an existing account. A code also signs
 * in. A link does not, because the person who opens it may not be the one who requested it. For the same reason, an
 * existing account is handed over to that person (docs/decisions/0017), unless the session or the password is shown.
 * @param viewer the signed-in user, if there is one
 */
export type VerifyEmail = (
  input: VerificationInput,
  viewer: Viewer | undefined,
  client: Client,
) => Promise<
  | Authenticated
  | EmailVerified
  | ChallengeFailed
  | AccountDisabled
  | InvalidCredentials
  | InvalidInput
  | RateLimited
  | SecondFactorRequired
>;

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  challenges: Challenges;
  redeem: Redeem;
  emailChallenges: EmailChallenges;
  invalidate: Invalidate;
  checkHolder: CheckHolder;
  verifyAddress: VerifyAddress;
  signIn: SignIn;
}

type Method = ReturnType<typeof answerMethod>;
type Verified = { user: User; isNewUser: boolean; passwordRemoved: boolean } | ChallengeFailed;

export function createVerification(dependencies: Dependencies): VerifyEmail {
  const { audit, accounts, passwords, challenges, redeem, emailChallenges } = dependencies;
  const { invalidate, checkHolder, verifyAddress, signIn } = dependencies;

  /** Creates the account that was waiting for this. */
  async function completeSignUp(tx: Tx, challenge: ChallengeRow, method: Method, client: Client): Promise<Verified> {
    const email = parseEmail(challenge.subject);
    const others = method === 'email-link' ? await pendingSignUps(tx, challenges, challenge.subject) : [];
    const { passwordHash, profile, phone = null } = accountFor([challenge, ...others]);
    const user = email && (await accounts.create(tx, { ...profile, email, phone, emailVerified: true }));
    if (!user) return new ChallengeFailed('ALREADY_USED'); // another attempt was quicker
    if (passwordHash !== null) await passwords.save(tx, user.id, passwordHash);
    await invalidate(tx, 'account created', { user, client });
    await audit.record(tx, { type: 'sign-up', outcome: 'completed', userId: user.id, method, client });
    return { user, isNewUser: true, passwordRemoved: false };
  }

  async function verifyExisting(tx: Tx, challenge: ChallengeRow, shown: Shown, client: Client): Promise<Verified> {
    const user = challenge.userId === null ? undefined : await accounts.lock(tx, challenge.userId);
    const email = parseEmail(challenge.subject);
    if (!email || user?.email !== email) return new ChallengeFailed('UNKNOWN');
    return { ...(await verifyAddress(tx, { user, email, shown, client })), isNewUser: false };
  }

  /** A link does not sign in, so the new owner gets another one to choose a password. */
  async function offerPassword(tx: Tx, user: User, client: Client): Promise<void> {
    const email = parseEmail(user.email ?? '');
    const permit = emailChallenges.permit(user.id, client);
    const request = { purpose: 'RESET_PASSWORD', userId: user.id, permit, client } as const;
    if (email) await emailChallenges.send(tx, { ...request, email, locale: messageLocale(user, client.locale) });
  }

  return async (input, viewer, client) => {
    const answer = parseAnswer(input);
    if (isProblem(answer)) return answer;
    const accepted = acceptInput({ device: tidyText('device', input.device, DEVICE_MAX_LENGTH) });
    if (isProblem(accepted)) return accepted;
    const method = answerMethod(answer);

    return redeem(answer, {
      purposes: ['SIGN_UP', 'VERIFY_EMAIL', 'LOGIN_EMAIL'],
      client,
      prepare: (challenge) =>
        checkHolder(challenge, { viewer, password: input.password, byCode: method === 'email-code' }, client),
      async apply(tx, challenge, { ready: shown }) {
        const verified =
          challenge.purpose === 'SIGN_UP'
            ? await completeSignUp(tx, challenge, method, client)
            : await verifyExisting(tx, challenge, shown, client);
        if (isProblem(verified)) return verified;
        const { user, isNewUser, passwordRemoved } = verified;
        await audit.record(tx, { type: 'email-verification', outcome: 'succeeded', userId: user.id, method, client });
        if (method === 'email-code')
          return signIn.admitVerified(tx, { user, method, client, device: accepted.device, isNewUser });
        if (!user.isActive) return new AccountDisabled();
        if (passwordRemoved) await offerPassword(tx, user, client);
        return new EmailVerified(challenge.subject, passwordRemoved);
      },
      // A wrong code names no user, but it names the challenge.
      refused: (refusal) => ({
        type: 'email-verification',
        outcome: refusal === 'limited' ? 'limited' : 'failed',
        method,
        client,
        detail: input.challengeId && isId(input.challengeId) ? { challenge: input.challengeId } : {},
      }),
    });
  };
}
