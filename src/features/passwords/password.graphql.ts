import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import {
  ChallengeFailed,
  InvalidCredentials,
  InvalidInput,
  PasswordRequired,
  RateLimited,
  SmsUnavailable,
} from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import { Challenge } from '../challenges/challenge.graphql.ts';
import type { ChangePassword } from './password-change.service.ts';
import { PasswordChanged } from './password-changed.ts';
import type { PasswordReset } from './reset.service.ts';

const RequestPasswordResetResult = createUnionType({
  name: 'RequestPasswordResetResult',
  description: 'How asking for a password reset can end.',
  types: () => [Challenge, InvalidInput, RateLimited, SmsUnavailable] as const,
});
const ResetPasswordResult = createUnionType({
  name: 'ResetPasswordResult',
  description:
    'How a password reset can end. Challenge and PasswordRequired: the code of a text message was right, and the account was not used for so long that it is not enough. The challenge went to the email address; answer it here.',
  types: () => [PasswordChanged, Challenge, ChallengeFailed, PasswordRequired, InvalidInput, RateLimited] as const,
});
const ChangePasswordResult = createUnionType({
  name: 'ChangePasswordResult',
  description: 'How a change of the password can end.',
  types: () => [PasswordChanged, InvalidCredentials, InvalidInput, RateLimited] as const,
});

@InputType('RequestPasswordResetInput', { description: 'Whose password.' })
class RequestPasswordResetInput {
  @Field(() => String, {
    description: 'Email address (a code and a link are sent there) or proved phone number (a code).',
  })
  identifier!: string;
}

@InputType('ResetPasswordInput', { description: 'Either challengeId and code, or token.' })
class ResetPasswordInput {
  @Field(() => ID, { nullable: true, description: 'Of the challenge that the code answers.' })
  challengeId?: string | null;
  @Field(() => String, { nullable: true, description: 'The digits of the message.' })
  code?: string | null;
  @Field(() => String, { nullable: true, description: "From the message's link." })
  token?: string | null;
  @Field(() => String, { description: 'Any characters, at most 256; must not be easy to guess.' })
  newPassword!: string;
}

@InputType('ChangePasswordInput', { description: 'The present password and the next.' })
class ChangePasswordInput {
  @Field(() => String, { nullable: true, description: 'Required when the account has a password.' })
  currentPassword?: string | null;
  @Field(() => String, { description: 'Any characters, at most 256; must not be easy to guess.' })
  newPassword!: string;
}

@Resolver()
export class PasswordResolver {
  constructor(
    private readonly passwordReset: PasswordReset,
    private readonly change: ChangePassword,
  ) {}

  @Allow('PUBLIC')
  @Mutation(() => RequestPasswordResetResult, {
    description:
      'Sends what a forgotten password is reset with. The answer is the same whether or not there is an account.',
  })
  requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose password.' }) input: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RequestPasswordResetResult> {
    return this.passwordReset.request(input.identifier, context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => ResetPasswordResult, {
    description: 'Sets a new password by code or link and ends every session. Signs nobody in.',
  })
  resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The proof and the new password.' })
    input: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ResetPasswordResult> {
    return this.passwordReset.reset(input, context.client);
  }

  @Allow('SIGNED_IN')
  @Mutation(() => ChangePasswordResult, {
    description:
      'Sets a first password where there is none (currentPassword omitted), else replaces it. Ends the other sessions.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The present password and the next.' })
    input: ChangePasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ChangePasswordResult> {
    return this.change(input, await requireViewer(context), context.client);
  }
}
