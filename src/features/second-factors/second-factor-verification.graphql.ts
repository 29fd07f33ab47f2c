import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { AccountDisabled, ChallengeFailed, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { Authenticated, deliver } from '../sessions/authenticated.ts';
import { SessionFieldsInput } from '../sessions/session-input.ts';
import type { VerifySecondFactor } from './second-factor-verification.service.ts';

const VerifySecondFactorResult = createUnionType({
  name: 'VerifySecondFactorResult',
  description:
    'Possible outcomes of verifySecondFactor. ChallengeFailed: ALREADY_USED also if the code was accepted before; wait for the next one. UNKNOWN and EXPIRED: sign in again.',
  types: () => [Authenticated, AccountDisabled, ChallengeFailed, InvalidInput, RateLimited] as const,
});

@InputType('VerifySecondFactorInput', { description: 'Exactly one of totp, recoveryCode and passkey.' })
class VerifySecondFactorInput extends SessionFieldsInput {
  @Field(() => ID, { description: 'From SecondFactorRequired.' })
  challengeId!: string;
  @Field(() => String, { nullable: true, description: 'The current code of the authenticator app.' })
  totp?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'One of the recovery codes, in upper or lower case, with or without the dash.',
  })
  recoveryCode?: string | null;
  @Field(() => String, { nullable: true, description: 'AuthenticationResponseJSON as JSON text.' })
  passkey?: string | null;
}

@Resolver()
export class SecondFactorVerificationResolver {
  constructor(private readonly verify: VerifySecondFactor) {}

  @Allow('PUBLIC')
  @Mutation(() => VerifySecondFactorResult, {
    description:
      'Completes a sign-in that returned SecondFactorRequired. Each code works once. Wrong codes count for the challenge and, across challenges, for the account.',
  })
  async verifySecondFactor(
    @Arg('input', () => VerifySecondFactorInput, { description: 'The challenge, and one factor.' })
    input: VerifySecondFactorInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof VerifySecondFactorResult> {
    return deliver(await this.verify(input, context.client), input.transport, context);
  }
}
