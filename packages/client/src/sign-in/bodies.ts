import type { Latchkey } from '../client.ts';
import type { ChallengeFieldsFragment, SecondFactorRequiredFieldsFragment } from '../generated/types.ts';
import type { SocialOptions } from '../social.ts';
import type { CodeStep, NewPasswordStep, SecondFactorStep, SignedInStep, SignInOutcome, StartStep } from './steps.ts';

type StepBody<Step> = Omit<Step, 'errors' | 'isPending' | 'notice' | 'back'>;
/** A step without its status. */
export type Body =
  | StepBody<StartStep>
  | StepBody<CodeStep>
  | StepBody<NewPasswordStep>
  | StepBody<SecondFactorStep>
  | StepBody<SignedInStep>;

export type Call = () => Promise<SignInOutcome>;
/** What follows a call. */
export interface Flow {
  /** What a challenge leads to. */
  readonly next?: (challenge: ChallengeFieldsFragment, flow: Flow) => Body;
  /** Sends the code of the challenge again. */
  readonly again?: (challengeId: string) => Promise<SignInOutcome>;
  /** The field of the form that has the code. */
  readonly field?: string | undefined;
}
/** Makes the call and goes on with its outcome. */
export type Run = (call: () => Promise<SignInOutcome | undefined>, flow?: Flow) => Promise<void>;

export interface Bodies {
  readonly start: Body;
  secondFactor(required: SecondFactorRequiredFieldsFragment): Body;
}

/**
 * The steps, with the operations that lead on from each.
 * @param returnTo where a social sign-in that was cancelled would have led to
 */
export function createBodies(latchkey: Latchkey, run: Run, returnTo: () => SocialOptions): Bodies {
  const { verifyEmail } = latchkey;
  /** Repeating the call sends the code again. */
  const begin = (call: Call, next: NonNullable<Flow['next']>) => run(call, { next, again: call });

  const start: StepBody<StartStep> = {
    step: 'start',
    withPassword: (input) => begin(() => latchkey.login(input), code(verifyEmail)),
    register: (input) =>
      run(() => latchkey.registerEmail(input), {
        next: code(verifyEmail),
        again: (challengeId) => latchkey.requestEmailVerification({ email: input.email, challengeId }),
      }),
    withEmailCode: (input) => begin(() => latchkey.requestEmailOtp(input), code(latchkey.confirmEmailOtp)),
    withPhoneCode: (input) => begin(() => latchkey.requestPhoneOtp(input), code(latchkey.confirmPhoneOtp)),
    withSocial: (provider, options) => run(() => latchkey.signInWith(provider, { ...returnTo(), ...options })),
    withPasskey: () => run(() => latchkey.signInWithPasskey()),
    resetPassword: (input) => begin(() => latchkey.requestPasswordReset(input), newPassword),
    with: (call) => run(call),
  };

  function code(confirm: (input: { challengeId: string; code: string }) => Promise<SignInOutcome>) {
    return (challenge: ChallengeFieldsFragment, flow: Flow): StepBody<CodeStep> => ({
      ...sent(challenge, flow),
      step: 'code',
      submit: (input) =>
        // An account that was unused for long must verify its email address, too.
        run(() => confirm({ ...input, challengeId: challenge.id }), { next: code(verifyEmail), field: 'code' }),
    });
  }

  function newPassword(challenge: ChallengeFieldsFragment, flow: Flow): StepBody<NewPasswordStep> {
    return {
      ...sent(challenge, flow),
      step: 'newPassword',
      submit: (input) =>
        run(() => latchkey.resetPassword({ ...input, challengeId: challenge.id }), {
          next: newPassword,
          field: 'code',
        }),
    };
  }

  function sent({ id, sentTo, channel, codeLength, expiresAt, resendAt }: ChallengeFieldsFragment, flow: Flow) {
    const { again } = flow;
    const resend = again && (() => run(() => again(id), flow));
    return { sentTo, channel, codeLength, expiresAt, resendAt, resend };
  }

  return {
    start,
    secondFactor: (required): StepBody<SecondFactorStep> => ({
      step: 'secondFactor',
      factors: required.factors,
      expiresAt: required.expiresAt,
      submit: (input) =>
        run(() => latchkey.verifySecondFactor({ ...input, challengeId: required.challengeId }), {
          field: Object.keys(input)[0],
        }),
      withPasskey: () => run(() => latchkey.verifyWithPasskey(required)),
    }),
  };
}
