import { Arg, Ctx, createUnionType, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { ChallengeFailed, EmailTaken, InvalidCredentials, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import { Challenge } from '../challenges/challenge.graphql.ts';
import { VerifyEmailInput } from './email.graphql.ts';
import type { EmailChange } from './email-change.service.ts';
import { EmailChanged } from './email-changed.ts';

const RequestEmailChangeResult = createUnionType({
  name: 'RequestEmailChangeResult',
  description: 'How asking for another address can end. InvalidCredentials: the password is wrong or missing.',
  types: () => [Challenge, InvalidCredentials, InvalidInput, RateLimited] as const,
});
const ConfirmEmailChangeResult = createUnionType({
  name: 'ConfirmEmailChangeResult',
  description: 'How a change of the address can end. EmailTaken: another account got it since it was asked for.',
  types: () => [EmailChanged, ChallengeFailed, EmailTaken, InvalidInput, RateLimited] as const,
});

@InputType('RequestEmailChangeInput', { description: 'The address to be, and the proof that it is you who asks.' })
class RequestEmailChangeInput {
  @Field(() => String, { description: 'One plain address; letter case does not count.' })
  newEmail!: string;
  @Field(() => String, { nullable: true, description: 'Required when the account has one.' })
  password?: string | null;
}

@Resolver()
export class EmailChangeResolver {
  constructor(private readonly emailChange: EmailChange) {}

  @Allow('SIGNED_IN')
  @Mutation(() => RequestEmailChangeResult, {
    description:
      'Sends what proves the new address to it; until then the account keeps its old one. The answer is the same for addresses that have an account. Each later change or reset of the password ends what is pending.',
  })
  async requestEmailChange(
    @Arg('input', () => RequestEmailChangeInput, { description: 'The address to be.' }) input: RequestEmailChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RequestEmailChangeResult> {
    return this.emailChange.request(input, await requireViewer(context), context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => ConfirmEmailChangeResult, {
    description:
      "Moves the account to the address that was proved: by code for the signed-in user who asked, by the link's token for anybody who has it. Signs nobody in or out; transport and device mean nothing here. The old address is told, and can undo it for 72 hours.",
  })
  confirmEmailChange(
    @Arg('input', () => VerifyEmailInput, { description: 'The proof.' }) input: VerifyEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ConfirmEmailChangeResult> {
    return this.emailChange.confirm(input, () => requireViewer(context), context.client);
  }
}
