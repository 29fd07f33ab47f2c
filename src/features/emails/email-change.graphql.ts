import { Arg, Ctx, createUnionType, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { ChallengeFailed, EmailTaken, InvalidCredentials, InvalidInput, RateLimited } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { Challenge } from '../challenges/challenge-type.ts';
import type { ConfirmEmailChange } from './email-change.service.ts';
import type { RequestEmailChange } from './email-change-request.service.ts';
import { EmailChanged } from './email-changed.ts';
import { VerifyEmailInput } from './verify-email-input.ts';

const RequestEmailChangeResult = createUnionType({
  name: 'RequestEmailChangeResult',
  description:
    'Possible outcomes of requestEmailChange. InvalidCredentials: the password is wrong or missing. ReauthenticationRequired: there is no password in the input, and no recent sign-in.',
  types: () => [Challenge, InvalidCredentials, InvalidInput, RateLimited, ReauthenticationRequired] as const,
});
const ConfirmEmailChangeResult = createUnionType({
  name: 'ConfirmEmailChangeResult',
  description:
    'Possible outcomes of confirmEmailChange. EmailTaken: another account has taken the address since the request. InvalidCredentials: a password was given and is wrong.',
  types: () => [EmailChanged, ChallengeFailed, EmailTaken, InvalidCredentials, InvalidInput, RateLimited] as const,
});

@InputType('RequestEmailChangeInput', { description: 'The new address and the current password.' })
class RequestEmailChangeInput {
  @Field(() => String, { description: 'A single email address, case-insensitive.' })
  newEmail!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Required if the account has one, except within ten minutes of reauthenticate.',
  })
  password?: string | null;
}

@Resolver()
export class EmailChangeResolver {
  constructor(
    private readonly request: RequestEmailChange,
    private readonly confirm: ConfirmEmailChange,
  ) {}

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn({ orPassword: 'password' })
  @Mutation(() => RequestEmailChangeResult, {
    description:
      'Sends a code, a link or both to the new address. The account keeps its old address until the new one is verified. The response is the same if the address belongs to another account. Changing or resetting the password cancels a pending request.',
  })
  async requestEmailChange(
    @Arg('input', () => RequestEmailChangeInput, { description: 'The new address and the current password.' })
    input: RequestEmailChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RequestEmailChangeResult> {
    return this.request(input, await requireViewer(context), context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => ConfirmEmailChangeResult, {
    description:
      'Completes the change, with the code (signed in as the user who requested it) or with the token from the link (in any client). Does not start or end sessions; transport and device are ignored. The old address is notified and can undo the change for 72 hours.',
  })
  async confirmEmailChange(
    @Arg('input', () => VerifyEmailInput, { description: 'The code or token.' }) input: VerifyEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ConfirmEmailChangeResult> {
    return this.confirm(input, await context.viewer(), context.client);
  }
}
