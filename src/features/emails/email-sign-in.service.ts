import type { Config } from '../../config.ts';
import { acceptInput } from '../../core/input.ts';
import {
  type AccountDisabled,
  ChallengeFailed,
  FieldProblem,
  InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { DEVICE_MAX_LENGTH, type ProfileInput, parseProfile, tidyText } from '../accounts/profile.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type AnswerInput, answerMethod, parseAnswer } from '../challenges/answer.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import type { EmailOwner } from './email-owner.service.ts';
import type { PendingEmailSignIn } from './pending-email-sign-in.ts';

/** The code or the token, and the profile of a new account. */
export interface EmailSignInInput extends AnswerInput, Omit<ProfileInput, 'locale'> {
  device?: string | null | undefined;
}

/**
 * Signs in the account of the address, or creates it. The first time, this verifies the address and hands the account
 * over (docs/decisions/0017).
 * @param viewer the signed-in user, if there is one, who keeps what an account with an unverified address has
 */
export type SignInByEmail = (
  input: EmailSignInInput,
  viewer: Viewer | undefined,
  client: Client,
) => Promise<Authenticated | SecondFactorRequired | AccountDisabled | ChallengeFailed | InvalidInput | RateLimited>;

interface Dependencies {
  audit: Audit;
  redeem: Redeem;
  emailOwner: EmailOwner;
  signIn: SignIn;
  isEnabled: Config['emailSignIn']['enabled'];
}

/** Checks every field before the code, so that a refusal here costs no guess. */
function parse(input: EmailSignInInput) {
  const answer = parseAnswer(input);
  if (isProblem(answer)) return answer;
  const accepted = acceptInput({
    profile: parseProfile(input),
    device: tidyText('device', input.device, DEVICE_MAX_LENGTH),
  });
  return isProblem(accepted) ? accepted : { answer, ...accepted };
}

export function createEmailSignIn({ audit, redeem, emailOwner, signIn, isEnabled }: Dependencies): SignInByEmail {
  return async (input, viewer, client) => {
    const parsed = parse(input);
    if (isProblem(parsed)) return parsed;
    const { answer, profile, device } = parsed;
    const path = 'token' in answer ? 'token' : 'code';
    if (!isEnabled) return new InvalidInput([new FieldProblem(path, 'NOT_ALLOWED', 'email-sign-in-off')]);
    const method = answerMethod(answer);

    return redeem(answer, {
      purposes: ['SIGN_IN_EMAIL'],
      client,
      lock: emailOwner.lock,
      async apply(tx, { payload }, { holder }) {
        const { locale } = payload as PendingEmailSignIn; // Only the request writes it.
        const opened = await emailOwner.open(tx, holder, { profile: { ...profile, locale }, method, viewer, client });
        if (!opened) return new ChallengeFailed('UNKNOWN');
        const event = { type: 'email-verification', outcome: 'succeeded', userId: opened.user.id } as const;
        await audit.record(tx, { ...event, method, client });
        return signIn.admitVerified(tx, { ...opened, method, client, device });
      },
      refused: (refusal) => ({
        type: 'email-verification',
        outcome: refusal === 'limited' ? 'limited' : 'failed',
        method,
        client,
      }),
    });
  };
}
