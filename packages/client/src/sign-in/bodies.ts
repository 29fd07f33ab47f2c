import type { Latchkey } from '../client.ts';
import type { ChallengeFieldsFragment, SecondFactorRequiredFieldsFragment } from '../generated/types.ts';
import type { SocialOptions } from '../social.ts';
import type { KeptStep, Way } from './kept-step.ts';
import type { CodeStep, NewPasswordStep, SecondFactorStep, SignedInStep, SignInOutcome, StartStep } from './steps.ts';

type StepBody<Step> = Omit<Step, 'errors' | 'isPending' | 'notice' | 'back'>;
type SentBody<Step> = StepBody<Step> & KeptStep;
/** A step without its status. */
export type Body =
  | StepBody<StartStep>
  | SentBody<CodeStep>
  | SentBody<NewPasswordStep>
  | StepBody<SecondFactorStep>
  | StepBody<SignedInStep>;

export type Call = () => Promise<SignInOutcome>;
/** What follows a call. */
export interface Flow {
  /** What a challenge leads to. */
  readonly way?: Way;
  /** The recipient of another code. */
  readonly to?: string | undefined;
  /** Sends the code of the challenge again. By default as the way does it, if there is a recipient. */
  readonly again?: Call;
  /** The field of the form that has the code. */
  readonly field?: string | undefined;
}
/** Makes the call and goes on with its outcome. */
export type Run = (call: () => Promise<SignInOutcome | undefined>, flow?: Flow) => Promise<void>;

type Sent = ChallengeFieldsFragment & Pick<KeptStep, 'attemptsRemaining'>;

export interface Bodies {
  readonly start: Body;
  /** The step of a challenge, or of one that was there before the page was loaded again. */
  sent(challenge: Sent, flow: Flow & { readonly way: Way }): Body;
  secondFactor(required: SecondFactorRequiredFieldsFragment): Body;
}

/**
 * The steps, with the operations that lead on from each.
 * @param returnTo where a social sign-in that was cancelled would have led to
 */
export function createBodies(latchkey: Latchkey, run: Run, returnTo: () => SocialOptions): Bodies {
  /** A login needs the password again, which is not kept. A code for the address alone would remove it: decision 17. */
  const send: Readonly<Record<Exclude<Way, 'login'>, (to: string, challengeId: string) => Promise<SignInOutcome>>> = {
    verifyEmail: (email, challengeId) => latchkey.requestEmailVerification({ email, challengeId }),
    emailCode: (email) => latchkey.requestEmailOtp({ email }),
    phoneCode: (phone) => latchkey.requestPhoneOtp({ phone }),
    newPassword: (identifier) => latchkey.requestPasswordReset({ identifier }),
  };
  const begin = (way: keyof typeof send, to: string) => run(() => send[way](to, ''), { way, to });

  const start: StepBody<StartStep> = {
    step: 'start',
    withPassword(input) {
      const call = () => latchkey.login(input);
      return run(call, { way: 'login', to: input.identifier, again: call });
    },
    register: (input) => run(() => latchkey.registerEmail(input), { way: 'verifyEmail', to: input.email }),
    withEmailCode: ({ email }) => begin('emailCode', email),
    withPhoneCode: ({ phone }) => begin('phoneCode', phone),
    withSocial: (provider, options) => run(() => latchkey.signInWith(provider, { ...returnTo(), ...options })),
    withPasskey: () => run(() => latchkey.signInWithPasskey()),
    resetPassword: ({ identifier }) => begin('newPassword', identifier),
    with: (call) => run(call),
  };

  function sent(challenge: Sent, flow: Flow & { readonly way: Way }) {
    const { id, sentTo, channel, codeLength, expiresAt, resendAt, attemptsRemaining } = challenge;
    const { way, to } = flow;
    const again = flow.again ?? (to === undefined || way === 'login' ? undefined : () => send[way](to, id));
    const resend = again && (() => run(again, flow));
    const kept = { id, sentTo, channel, codeLength, expiresAt, resendAt, attemptsRemaining, way, to };
    return way === 'newPassword' ? newPassword({ ...kept, resend }) : code({ ...kept, resend });
  }

  function code(step: KeptStep & Pick<CodeStep, 'resend'>): SentBody<CodeStep> {
    const { id: challengeId, way } = step;
    const { verifyEmail, confirmEmailOtp, confirmPhoneOtp } = latchkey;
    const confirm = way === 'emailCode' ? confirmEmailOtp : way === 'phoneCode' ? confirmPhoneOtp : verifyEmail;
    return {
      ...step,
      step: 'code',
      // An account that was unused for long must verify its email address, too.
      submit: (input) => run(() => confirm({ ...input, challengeId }), { way: 'verifyEmail', field: 'code' }),
    };
  }

  const newPassword = (step: KeptStep & Pick<NewPasswordStep, 'resend'>): SentBody<NewPasswordStep> => ({
    ...step,
    step: 'newPassword',
    submit: (input) =>
      run(() => latchkey.resetPassword({ ...input, challengeId: step.id }), { way: 'newPassword', field: 'code' }),
  });

  return {
    start,
    sent,
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
