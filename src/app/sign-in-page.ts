import { AccountDisabled, ChallengeFailed, InvalidInput, isProblem, RateLimited } from '../core/problems.ts';
import type { Client } from '../core/request.ts';
import { parseRecoveryCode } from '../features/factors/recovery-code.ts';
import { parseTotpCode } from '../features/factors/totp.ts';
import { Authenticated } from '../features/sessions/authenticated.ts';
import { SecondFactorRequired } from '../features/sign-in/second-factor-required.ts';
import type { SecondStep, SignInActions } from '../http/pages/sign-in.page.ts';
import type { LinkFailure } from '../http/pages/words.ts';
import { fieldProblemText } from '../messages/problems.ts';
import type { Services } from './services.ts';

/** What the page behind the link of a sign-in by email does. */
export function createSignInActions(
  { previewEmailSignIn, signInByEmail, verifySecondFactor }: Services,
  failure: (outcome: object) => LinkFailure,
): SignInActions {
  async function verifyAsEither(challengeId: string, code: string, client: Client) {
    const [field, other] = fieldsFor(code);
    const outcome = await verifySecondFactor({ challengeId, [field]: code }, client);
    const isWrong = outcome instanceof ChallengeFailed && outcome.reason === 'WRONG_CODE';
    return other && isWrong && outcome.attemptsRemaining > 0
      ? verifySecondFactor({ challengeId, [other]: code }, client)
      : outcome;
  }

  async function verify(challengeId: string, code: string, client: Client): Promise<SecondStep> {
    const outcome = await verifyAsEither(challengeId, code, client);
    if (outcome instanceof Authenticated) return toPageSession(outcome);
    if (outcome instanceof AccountDisabled) return 'ACCOUNT_DISABLED';
    if (outcome instanceof InvalidInput) {
      const [problem] = outcome.fields;
      return { problem: problem ? fieldProblemText(problem, client.locale) : undefined };
    }
    if (outcome instanceof RateLimited) return 'TOO_MANY_ATTEMPTS';
    if (outcome instanceof ChallengeFailed && outcome.attemptsRemaining > 0) return { problem: undefined };
    const reason = failure(outcome);
    return reason === 'WRONG_CODE' ? 'TOO_MANY_ATTEMPTS' : reason;
  }

  return {
    async preview(token, client) {
      const outcome = await previewEmailSignIn(token, client);
      return isProblem(outcome) ? failure(outcome) : outcome;
    },

    async signIn(token, client) {
      const outcome = await signInByEmail({ token }, undefined, client);
      if (outcome instanceof Authenticated) return toPageSession(outcome);
      if (outcome instanceof AccountDisabled) return 'ACCOUNT_DISABLED';
      if (!(outcome instanceof SecondFactorRequired)) return failure(outcome);
      const { challengeId, factors } = outcome;
      return factors.some((factor) => factor !== 'PASSKEY') ? { challengeId } : 'IN_THE_APP';
    },

    verify,
  };
}

type CodeField = 'totp' | 'recoveryCode';

/** Which factors the code can be of. Seven or eight digits can be of either: other systems use them for both. */
function fieldsFor(code: string): readonly [CodeField, CodeField?] {
  if (parseRecoveryCode(code) === undefined) return ['totp'];
  const digits = parseTotpCode(code);
  if (digits === undefined) return ['recoveryCode'];
  return digits.length === 6 ? ['totp'] : ['totp', 'recoveryCode'];
}

const toPageSession = ({ refreshToken, refreshTokenExpiresAt, isNewUser }: Authenticated) => ({
  token: refreshToken ?? '', // Only a response to GraphQL moves it to the cookie.
  expiresAt: refreshTokenExpiresAt,
  isNewUser,
});
