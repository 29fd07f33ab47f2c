import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import {
  AccountDisabled,
  ChallengeFailed,
  EmailTaken,
  InvalidCredentials,
  InvalidInput,
  RateLimited,
} from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { withProfileFields } from '../accounts/profile-input.ts';
import { Challenge } from '../challenges/challenge-type.ts';
import { Authenticated, deliver } from '../sessions/authenticated.ts';
import { SessionFieldsInput } from '../sessions/session-input.ts';
import { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import { ChallengeResult } from './challenge-result.ts';
import { EmailVerified } from './email-verified.ts';
import type { Registration } from './registration.service.ts';
import type { VerifyEmail } from './verification.service.ts';
import type { RequestEmailVerification } from './verification-request.service.ts';
import { VerifyEmailInput } from './verify-email-input.ts';

const RegisterEmailResult = createUnionType({
  name: 'RegisterEmailResult',
  description:
    'Possible outcomes of registerEmail. Authenticated and EmailTaken occur only if the server does not require verification first.',
  types: () => [Authenticated, Challenge, InvalidInput, EmailTaken, RateLimited] as const,
});
const VerifyEmailResult = createUnionType({
  name: 'VerifyEmailResult',
  description:
    'Possible outcomes of verifyEmail. A code also signs in; a link only verifies the address. InvalidCredentials: a password was given and is wrong; the link or code can be used again.',
  types: () =>
    [
      Authenticated,
      EmailVerified,
      ChallengeFailed,
      AccountDisabled,
      InvalidCredentials,
      InvalidInput,
      RateLimited,
      SecondFactorRequired,
    ] as const,
});

@InputType('RegisterEmailInput', { description: 'The new account.' })
class RegisterEmailInput extends withProfileFields(SessionFieldsInput) {
  @Field(() => String, {
    description: 'A single email address, case-insensitive. An internationalised domain in Unicode or ASCII.',
  })
  email!: string;
  @Field(() => String, { description: 'Any characters, at most 256; must not be easy to guess.' })
  password!: string;
  @Field(() => String, { nullable: true, description: 'If given, must equal password.' })
  passwordConfirmation?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'With its country code, such as +998 90 123 45 67. Stored unverified, so it cannot be used to sign in. To verify it after the sign-in: requestPhoneOtp with purpose VERIFY and the access token, then confirmPhoneOtp. Without the token, requestPhoneOtp would create a second account for the number.',
  })
  phone?: string | null;
}

@InputType('RequestEmailVerificationInput', { description: 'The address to verify.' })
class RequestEmailVerificationInput {
  @Field(() => String, { description: 'The address to send the message to.' })
  email!: string;
  @Field(() => ID, {
    nullable: true,
    description:
      'Challenge ID of the sign-up or of an earlier message. If given, the new message is for the same sign-up.',
  })
  challengeId?: string | null;
}

@Resolver()
export class EmailResolver {
  constructor(
    private readonly register: Registration,
    private readonly requestVerification: RequestEmailVerification,
    private readonly verify: VerifyEmail,
  ) {}

  @Allow('PUBLIC')
  @Mutation(() => RegisterEmailResult, {
    description:
      'Signs up with an email address and a password. If the address must be verified first, the response is a Challenge, even if the address already has an account.',
  })
  async registerEmail(
    @Arg('input', () => RegisterEmailInput, { description: 'The new account.' }) input: RegisterEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RegisterEmailResult> {
    return deliver(await this.register(input, context.client), input.transport, context);
  }

  @Allow('PUBLIC')
  @Mutation(() => ChallengeResult, {
    description:
      'Sends the message for verifying an email address, or sends it again. The response is the same whether or not the address is known.',
  })
  requestEmailVerification(
    @Arg('input', () => RequestEmailVerificationInput, { description: 'The address to verify.' })
    input: RequestEmailVerificationInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ChallengeResult> {
    return this.requestVerification(input, context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => VerifyEmailResult, {
    description:
      'Verifies an email address, with the code (also signs in) or with the token from the link (does not sign in). An account whose address was never verified is handed over to the caller: what another person may have prepared is removed, unless the caller is signed in to the account or shows its password.',
  })
  async verifyEmail(
    @Arg('input', () => VerifyEmailInput, { description: 'The code or token.' }) input: VerifyEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof VerifyEmailResult> {
    return deliver(await this.verify(input, await context.viewer(), context.client), input.transport, context);
  }
}
