import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import {
  AccountDisabled,
  ChallengeFailed,
  graphqlEnum,
  InvalidCredentials,
  InvalidInput,
  PasswordRequired,
  PhoneTaken,
  RateLimited,
  SmsUnavailable,
} from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import { Challenge } from '../challenges/challenge.graphql.ts';
import { Authenticated, deliver, TokenTransport } from '../sessions/authenticated.ts';
import type { ConfirmPhoneOtp } from './phone-confirmation.service.ts';
import type { PhoneRequests } from './phone-request.service.ts';
import { PhoneVerified } from './phone-verified.ts';

const PhoneOtpPurpose = graphqlEnum('PhoneOtpPurpose', 'What a code by text message is for.', {
  AUTHENTICATE: 'Signs in, or up where the number has no account yet.',
  VERIFY: 'Proves the number for the signed-in user.',
});
type PhoneOtpPurpose = keyof typeof PhoneOtpPurpose;

const RequestPhoneOtpResult = createUnionType({
  name: 'RequestPhoneOtpResult',
  description: 'How asking for a code can end. InvalidCredentials: only with VERIFY, when a proved number is replaced.',
  types: () => [Challenge, InvalidCredentials, InvalidInput, RateLimited, SmsUnavailable] as const,
});
const ConfirmPhoneOtpResult = createUnionType({
  name: 'ConfirmPhoneOtpResult',
  description:
    'How the proof of a number can end. Challenge and PasswordRequired: the code was right, and the account was not used for so long that it is not enough. The challenge went to the email address; answer it with verifyEmail.',
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
    ] as const,
});

@InputType('RequestPhoneOtpInput', { description: 'Which number, and what for.' })
class RequestPhoneOtpInput {
  @Field(() => String, { description: 'In international form (E.164), such as +998901234567.' })
  phone!: string;
  @Field(() => PhoneOtpPurpose, { defaultValue: 'AUTHENTICATE', description: 'What the code is for.' })
  purpose!: PhoneOtpPurpose;
  @Field(() => String, {
    nullable: true,
    description: 'A language tag (BCP 47): the language of the message, and of an account that comes of it.',
  })
  locale?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'With VERIFY: required when a proved number is replaced and the account has a password.',
  })
  password?: string | null;
}

@InputType('ConfirmPhoneOtpInput', { description: 'The proof, and what a new account is to hold.' })
class ConfirmPhoneOtpInput {
  @Field(() => ID, { description: 'Of the challenge that the code answers.' })
  challengeId!: string;
  @Field(() => String, { description: 'The digits of the message.' })
  code!: string;
  @Field(() => String, { nullable: true, description: 'Used only when this creates the account; judged always.' })
  password?: string | null;
  @Field(() => String, { nullable: true, description: 'For a new account; at most 100 characters.' })
  firstName?: string | null;
  @Field(() => String, { nullable: true, description: 'For a new account; at most 100 characters.' })
  lastName?: string | null;
  @Field(() => String, { nullable: true, description: 'For a new account; at most 200 characters.' })
  companyName?: string | null;
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token shall travel.' })
  transport!: TokenTransport;
  @Field(() => String, { nullable: true, description: 'Names the session in the device list; at most 100 characters.' })
  device?: string | null;
}

@Resolver()
export class PhoneResolver {
  constructor(
    private readonly requests: PhoneRequests,
    private readonly confirm: ConfirmPhoneOtp,
  ) {}

  @Allow('PUBLIC')
  @Mutation(() => RequestPhoneOtpResult, {
    description:
      'Sends a one-time code by SMS. AUTHENTICATE signs in or up; VERIFY proves a number for the signed-in user. The answer is the same whether or not the number is known.',
  })
  async requestPhoneOtp(
    @Arg('input', () => RequestPhoneOtpInput, { description: 'Which number.' }) input: RequestPhoneOtpInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RequestPhoneOtpResult> {
    return input.purpose === 'VERIFY'
      ? this.requests.verify(input, await requireViewer(context), context.client)
      : this.requests.authenticate(input, context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => ConfirmPhoneOtpResult, {
    description: 'Answers the challenge. A code that was asked for with VERIFY needs the access token of who asked.',
  })
  async confirmPhoneOtp(
    @Arg('input', () => ConfirmPhoneOtpInput, { description: 'The proof.' }) input: ConfirmPhoneOtpInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ConfirmPhoneOtpResult> {
    return deliver(await this.confirm(input, () => context.viewer(), context.client), input.transport, context);
  }
}
