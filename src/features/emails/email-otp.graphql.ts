import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { AccountDisabled, ChallengeFailed, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { withProfileFieldsButLocale } from '../accounts/profile-input.ts';
import { Authenticated, deliver } from '../sessions/authenticated.ts';
import { SessionFieldsInput } from '../sessions/session-input.ts';
import { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import { ChallengeResult } from './challenge-result.ts';
import type { RequestEmailOtp } from './email-otp-request.service.ts';
import type { SignInByEmail } from './email-sign-in.service.ts';

const ConfirmEmailOtpResult = createUnionType({
  name: 'ConfirmEmailOtpResult',
  description:
    'Possible outcomes of confirmEmailOtp. Authenticated: isNewUser says whether it created the account, and user.hasPassword whether there is still a password if the address was not verified before.',
  types: () =>
    [Authenticated, SecondFactorRequired, AccountDisabled, ChallengeFailed, InvalidInput, RateLimited] as const,
});

@InputType('RequestEmailOtpInput', { description: 'The address.' })
class RequestEmailOtpInput {
  @Field(() => String, { description: 'The address to send the code and the link to.' })
  email!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Language of the message and of a newly created account, as a BCP 47 tag.',
  })
  locale?: string | null;
}

@InputType('ConfirmEmailOtpInput', {
  description: 'Either challengeId and code, or token; and the profile of a new account.',
})
class ConfirmEmailOtpInput extends withProfileFieldsButLocale(SessionFieldsInput) {
  @Field(() => ID, { nullable: true, description: 'ID of the challenge that the code belongs to.' })
  challengeId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The code from the message: six digits. Other characters are ignored.',
  })
  code?: string | null;
  @Field(() => String, { nullable: true, description: 'The token from the link.' })
  token?: string | null;
}

@Resolver()
export class EmailOtpResolver {
  constructor(
    private readonly request: RequestEmailOtp,
    private readonly signIn: SignInByEmail,
  ) {}

  @Allow('PUBLIC')
  @Mutation(() => ChallengeResult, {
    description:
      'Emails a code and a link for signing in. If the address has no account and sign-up is open, it creates one. The response does not reveal which.',
  })
  requestEmailOtp(
    @Arg('input', () => RequestEmailOtpInput, { description: 'The address.' }) input: RequestEmailOtpInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ChallengeResult> {
    return this.request(input, context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => ConfirmEmailOtpResult, {
    description:
      'Completes the sign-in with the code (in the client that asked for it) or with the token from the link (in any client). An account whose address was never verified is handed over to the caller: what another person may have prepared is removed, unless the caller is signed in to the account.',
  })
  async confirmEmailOtp(
    @Arg('input', () => ConfirmEmailOtpInput, { description: 'The code or token, and the profile of a new account.' })
    input: ConfirmEmailOtpInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ConfirmEmailOtpResult> {
    return deliver(await this.signIn(input, await context.viewer(), context.client), input.transport, context);
  }
}
