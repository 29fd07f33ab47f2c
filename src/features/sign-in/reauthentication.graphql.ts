import { Arg, Ctx, createUnionType, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { ChallengeFailed, InvalidCredentials, InvalidInput, isProblem, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { MaxBytes } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { MAX_ACCESS_TOKEN_LENGTH } from '../../core/token-length.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { Reauthenticate, Renewal } from './reauthentication.service.ts';

@ObjectType('Reauthenticated', {
  description: 'The session counts as recently authenticated. It is otherwise unchanged.',
})
class Reauthenticated {
  @MaxBytes(MAX_ACCESS_TOKEN_LENGTH)
  @Field(() => String, { description: 'Replaces the access token. Tokens issued earlier do not count as recent.' })
  readonly accessToken: string;
  @Field(() => DateTime, { description: 'When the access token expires.' })
  readonly accessTokenExpiresAt: Date;
  @Field(() => Int, { description: 'Lifetime in seconds. Use it if the device clock may be wrong.' })
  readonly accessTokenExpiresIn: number;
  @Field(() => DateTime, { description: 'When the session stops counting as recently authenticated.' })
  readonly recentUntil: Date;

  constructor({ access, recentUntil }: Renewal) {
    this.accessToken = access.token;
    this.accessTokenExpiresAt = access.expiresAt;
    this.accessTokenExpiresIn = access.expiresIn;
    this.recentUntil = recentUntil;
  }
}

const ReauthenticateResult = createUnionType({
  name: 'ReauthenticateResult',
  description:
    'Possible outcomes of reauthenticate. InvalidCredentials: the password is wrong. InvalidInput: not exactly one method, or one that the account does not have. An account that requires a second factor cannot use the password. ChallengeFailed: the code was wrong or has been used, or the passkey was not accepted.',
  types: () => [Reauthenticated, ChallengeFailed, InvalidCredentials, InvalidInput, RateLimited] as const,
});

@InputType('ReauthenticateInput', {
  description: 'Exactly one of password, totp and passkey. passkey also needs the challengeId from startPasskeyLogin.',
})
class ReauthenticateInput {
  @Field(() => String, { nullable: true, description: 'The password of the account.' })
  password?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A code from the authenticator app. Wrong codes count like those of verifySecondFactor.',
  })
  totp?: string | null;
  @Field(() => ID, { nullable: true, description: 'The challengeId from startPasskeyLogin.' })
  challengeId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'AuthenticationResponseJSON as JSON text, for the options of startPasskeyLogin.',
  })
  passkey?: string | null;
}

@Resolver()
export class ReauthenticationResolver {
  constructor(private readonly confirm: Reauthenticate) {}

  @Allow('SIGNED_IN')
  @Mutation(() => ReauthenticateResult, {
    description:
      'Renews the auth_time of the current session. For ten minutes, operations that otherwise return ReauthenticationRequired are allowed. Wrong passwords count like those of login.',
  })
  async reauthenticate(
    @Arg('input', () => ReauthenticateInput, { description: 'One method of the account.' }) input: ReauthenticateInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ReauthenticateResult> {
    const outcome = await this.confirm(input, await requireViewer(context), context.client);
    return isProblem(outcome) ? outcome : new Reauthenticated(outcome);
  }
}
