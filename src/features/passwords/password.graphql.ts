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
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { Challenge } from '../challenges/challenge-type.ts';
import type { ChangePassword } from './password-change.service.ts';
import { PasswordChanged } from './password-changed.ts';
import type { ResetPassword } from './reset.service.ts';
import type { RequestPasswordReset } from './reset-request.service.ts';

const RequestPasswordResetResult = createUnionType({
  name: 'RequestPasswordResetResult',
  description: 'Possible outcomes of requestPasswordReset.',
  types: () => [Challenge, InvalidInput, RateLimited, SmsUnavailable] as const,
});
const ResetPasswordResult = createUnionType({
  name: 'ResetPasswordResult',
  description:
    'Possible outcomes of resetPassword. Challenge and PasswordRequired: the code from the text message was right, but the account has been unused for so long that a code by SMS is not sufficient. Challenge: a code and a link were sent to the email address; call resetPassword again with one of them.',
  types: () => [PasswordChanged, Challenge, ChallengeFailed, PasswordRequired, InvalidInput, RateLimited] as const,
});
const ChangePasswordResult = createUnionType({
  name: 'ChangePasswordResult',
  description:
    'Possible outcomes of changePassword. InvalidCredentials: the current password is wrong or missing. ReauthenticationRequired: there is no current password in the input, and no recent sign-in.',
  types: () => [PasswordChanged, InvalidCredentials, InvalidInput, RateLimited, ReauthenticationRequired] as const,
});

@InputType('RequestPasswordResetInput', { description: 'The account.' })
class RequestPasswordResetInput {
  @Field(() => String, {
    description: 'Email address (receives a code and a link) or verified phone number (receives a code).',
  })
  identifier!: string;
}

@InputType('ResetPasswordInput', { description: 'Either challengeId and code, or token.' })
class ResetPasswordInput {
  @Field(() => ID, { nullable: true, description: 'ID of the challenge that the code belongs to.' })
  challengeId?: string | null;
  @Field(() => String, { nullable: true, description: 'The code from the message.' })
  code?: string | null;
  @Field(() => String, { nullable: true, description: 'The token from the link.' })
  token?: string | null;
  @Field(() => String, { description: 'Any characters, at most 256; must not be easy to guess.' })
  newPassword!: string;
}

@InputType('ChangePasswordInput', { description: 'The current and the new password.' })
class ChangePasswordInput {
  @Field(() => String, {
    nullable: true,
    description: 'Required if the account has a password, except within ten minutes of reauthenticate.',
  })
  currentPassword?: string | null;
  @Field(() => String, { description: 'Any characters, at most 256; must not be easy to guess.' })
  newPassword!: string;
}

@Resolver()
export class PasswordResolver {
  constructor(
    private readonly requestReset: RequestPasswordReset,
    private readonly reset: ResetPassword,
    private readonly change: ChangePassword,
  ) {}

  @Allow('PUBLIC')
  @Mutation(() => RequestPasswordResetResult, {
    description:
      'Sends a code or link for resetting the password. The response is the same whether or not the account exists.',
  })
  requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'The account.' }) input: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof RequestPasswordResetResult> {
    return this.requestReset(input.identifier, context.client);
  }

  @Allow('PUBLIC')
  @Mutation(() => ResetPasswordResult, {
    description: 'Sets a new password with a code or link and ends all sessions. Does not sign in.',
  })
  resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The code or token, and the new password.' })
    input: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ResetPasswordResult> {
    return this.reset(input, context.client);
  }

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn({ orPassword: 'currentPassword' })
  @Mutation(() => ChangePasswordResult, {
    description:
      'Replaces the password, or sets the first one if the account has none (omit currentPassword; requires a sign-in within the last ten minutes). Ends the other sessions.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The current and the new password.' })
    input: ChangePasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ChangePasswordResult> {
    return this.change(input, await requireViewer(context), context.client);
  }
}
