import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { AccountDisabled, ChallengeFailed, EmailTaken, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { Challenge } from '../challenges/challenge.graphql.ts';
import { Authenticated, deliver, TokenTransport } from '../sessions/authenticated.ts';
import { EmailVerified } from './email-verified.ts';
import type { Registration } from './registration.service.ts';
import type { Verification } from './verification.service.ts';

const RegisterEmailResult = createUnionType({
  name: 'RegisterEmailResult',
  description:
    'How a sign-up can end. Authenticated and EmailTaken are possible only where proof is not demanded first.',
  types: () => [Authenticated, Challenge, InvalidInput, EmailTaken, RateLimited] as const,
});
const ChallengeResult = createUnionType({
  name: 'ChallengeResult',
  description: 'How asking for a message can end.',
  types: () => [Challenge, InvalidInput, RateLimited] as const,
});
const VerifyEmailResult = createUnionType({
  name: 'VerifyEmailResult',
  description: 'How the proof of an address can end: a code signs in, a link only proves.',
  types: () => [Authenticated, EmailVerified, ChallengeFailed, AccountDisabled, InvalidInput, RateLimited] as const,
});

@InputType('RegisterEmailInput', { description: 'The account to be.' })
class RegisterEmailInput {
  @Field(() => String, { description: 'One plain address; letter case does not count.' })
  email!: string;
  @Field(() => String, { description: 'Any characters, at most 256; must not be easy to guess.' })
  password!: string;
  @Field(() => String, { nullable: true, description: 'Checked against password when given.' })
  passwordConfirmation?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'E.164. Stored unproved; prove it with requestPhoneOtp (VERIFY).',
  })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  firstName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  lastName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' })
  companyName?: string | null;
  @Field(() => String, { nullable: true, description: 'A language tag (BCP 47): the language of messages.' })
  locale?: string | null;
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token shall travel.' })
  transport!: TokenTransport;
  @Field(() => String, { nullable: true, description: 'Names the session in the device list; at most 100 characters.' })
  device?: string | null;
}

@InputType('RequestEmailVerificationInput', { description: 'Which address to prove.' })
class RequestEmailVerificationInput {
  @Field(() => String, { description: 'The address to send to.' })
  email!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The challenge of the sign-up or of an earlier message: give it, and the repeat is for that sign-up.',
  })
  challengeId?: string | null;
}

@InputType('VerifyEmailInput', { description: 'Either challengeId and code, or token.' })
export class VerifyEmailInput {
  @Field(() => ID, { nullable: true, description: 'Of the challenge that the code answers.' })
  challengeId?: string | null;
  @Field(() => String, { nullable: true, description: 'The digits of the message.' })
  code?: string | null;
  @Field(() => String, { nullable: true, description: "From the message's link." })
  token?: string | null;
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token shall travel.' })
  transport!: TokenTransport;
  @Field(() => String, { nullable: true, description: 'Names the session in the device list; at most 100 characters.' })
  device?: string | null;
}

@Resolver()
export class EmailResolver {
  constructor(
    private readonly register: Registration,
    private readonly verification: Verification,
  ) {}

  @Allow('PUBLIC')
  @Mutation(() => RegisterEmailResult, {
    description:
      'Signs up by email and password. Where the address must be proved first, the answer is a Challenge, the same for addresses that have an account already.',
  })
  async registerEmail(
    @Arg('input', () => RegisterEmailInput, { description: 'The account to be.' }) input: RegisterEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RegisterEmailResult> {
    return deliver(await this.register(input, context.client), input.transport, context);
  }

  @Allow('PUBLIC')
  @Mutation(() => ChallengeResult, {
    description:
      'Sends (again) the message that proves an email address. The answer is the same whether or not the address is known.',
  })
  requestEmailVerification(
    @Arg('input', () => RequestEmailVerificationInput, { description: 'Which address.' })
    input: RequestEmailVerificationInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ChallengeResult> {
    return this.verification.requestEmailVerification(input, context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => VerifyEmailResult, {
    description:
      "Answers it, by code (signs in the client that asked) or by the link's token (proves the address, signs nobody in).",
  })
  async verifyEmail(
    @Arg('input', () => VerifyEmailInput, { description: 'The proof.' }) input: VerifyEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof VerifyEmailResult> {
    return deliver(await this.verification.verifyEmail(input, context.client), input.transport, context);
  }
}
