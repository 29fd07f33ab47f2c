import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import {
  AccountDisabled,
  ChallengeFailed,
  InvalidCredentials,
  InvalidInput,
  PasswordRequired,
  PhoneTaken,
  RateLimited,
  SmsUnavailable,
} from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { withProfileFieldsButLocale } from '../accounts/profile-input.ts';
import { Challenge } from '../challenges/challenge-type.ts';
import { Authenticated, deliver } from '../sessions/authenticated.ts';
import { SessionFieldsInput } from '../sessions/session-input.ts';
import { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { ConfirmPhoneOtp } from './phone-confirmation.service.ts';
import type { PhoneRequests } from './phone-request.service.ts';
import { PhoneVerified } from './phone-verified.ts';

const PhoneOtpPurpose = graphqlEnum('PhoneOtpPurpose', 'What an SMS code is for.', {
  AUTHENTICATE:
    'Signs in, or signs up if no account has verified the number. An account whose number is unverified is not found.',
  VERIFY: 'Verifies the number for the signed-in user.',
});
type PhoneOtpPurpose = keyof typeof PhoneOtpPurpose;

const RequestPhoneOtpResult = createUnionType({
  name: 'RequestPhoneOtpResult',
  description:
    'Possible outcomes of requestPhoneOtp. InvalidCredentials and ReauthenticationRequired: only with VERIFY. InvalidCredentials: the password is wrong, or missing and a verified number would be replaced. ReauthenticationRequired: there is no password in the input, and no recent sign-in.',
  types: () =>
    [Challenge, InvalidCredentials, InvalidInput, RateLimited, ReauthenticationRequired, SmsUnavailable] as const,
});
const ConfirmPhoneOtpResult = createUnionType({
  name: 'ConfirmPhoneOtpResult',
  description:
    'Possible outcomes of confirmPhoneOtp. Challenge and PasswordRequired: the code was right, but the account has been unused for so long that a code by SMS is not sufficient. Challenge: a message was sent to the email address; complete the sign-in with verifyEmail.',
  types: () =>
    [
      Authenticated,
      PhoneVerified,
      Challenge,
      ChallengeFailed,
      PhoneTaken,
      PasswordRequired,
      AccountDisabled,
      InvalidInput,
      RateLimited,
      SecondFactorRequired,
    ] as const,
});

@InputType('RequestPhoneOtpInput', { description: 'The number and the purpose.' })
class RequestPhoneOtpInput {
  @Field(() => String, { description: 'With its country code, such as +998 90 123 45 67; separators are ignored.' })
  phone!: string;
  @Field(() => PhoneOtpPurpose, { defaultValue: 'AUTHENTICATE', description: 'What the code is for.' })
  purpose!: PhoneOtpPurpose;
  @Field(() => String, {
    nullable: true,
    description: 'Language of the message and of a newly created account, as a BCP 47 tag.',
  })
  locale?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'With VERIFY: required if the sign-in was more than ten minutes ago, or if a verified number is replaced and the account has a password. It may be omitted within ten minutes of reauthenticate.',
  })
  password?: string | null;
}

@InputType('ConfirmPhoneOtpInput', { description: 'The code, and the profile of a new account.' })
class ConfirmPhoneOtpInput extends withProfileFieldsButLocale(SessionFieldsInput) {
  @Field(() => ID, { description: 'ID of the challenge that the code belongs to.' })
  challengeId!: string;
  @Field(() => String, { description: 'The code from the message: six digits. Other characters are ignored.' })
  code!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Saved only if this creates the account, but must always meet the password rules.',
  })
  password?: string | null;
}

@Resolver()
export class PhoneResolver {
  constructor(
    private readonly requests: PhoneRequests,
    private readonly confirm: ConfirmPhoneOtp,
  ) {}

  @Allow('PUBLIC')
  @RequiresRecentSignIn({ when: ({ input }) => input.purpose === 'VERIFY', orPassword: 'password' })
  @Mutation(() => RequestPhoneOtpResult, {
    description:
      'Sends a one-time code by SMS. AUTHENTICATE signs in or up; VERIFY verifies a number for the signed-in user. The response is the same whether or not the number is known.',
  })
  async requestPhoneOtp(
    @Arg('input', () => RequestPhoneOtpInput, { description: 'The number and the purpose.' })
    input: RequestPhoneOtpInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RequestPhoneOtpResult> {
    return input.purpose === 'VERIFY'
      ? this.requests.verify(input, await requireViewer(context), context.client)
      : this.requests.authenticate(input, context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => ConfirmPhoneOtpResult, {
    description:
      'Completes the flow with the code. With VERIFY, the caller must be signed in as the user who requested the code.',
  })
  async confirmPhoneOtp(
    @Arg('input', () => ConfirmPhoneOtpInput, { description: 'The code, and the profile of a new account.' })
    input: ConfirmPhoneOtpInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ConfirmPhoneOtpResult> {
    return deliver(await this.confirm(input, () => context.viewer(), context.client), input.transport, context);
  }
}
