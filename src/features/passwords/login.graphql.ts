import { Arg, Ctx, createUnionType, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { AccountDisabled, InvalidCredentials, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { Challenge } from '../challenges/challenge-type.ts';
import { Authenticated, deliver } from '../sessions/authenticated.ts';
import { SessionFieldsInput } from '../sessions/session-input.ts';
import { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { Login } from './login.service.ts';

const LoginResult = createUnionType({
  name: 'LoginResult',
  description:
    'Possible outcomes of login. Challenge: the password was right, but the address must be verified first, with verifyEmail.',
  types: () =>
    [
      Authenticated,
      Challenge,
      InvalidCredentials,
      AccountDisabled,
      InvalidInput,
      RateLimited,
      SecondFactorRequired,
    ] as const,
});

@InputType('LoginInput', { description: 'The credentials.' })
class LoginInput extends SessionFieldsInput {
  @Field(() => String, { description: 'Email address, or verified phone number in E.164 format.' })
  identifier!: string;
  @Field(() => String, { description: 'At most 256 characters.' })
  password!: string;
}

@Resolver()
export class LoginResolver {
  constructor(private readonly logIn: Login) {}

  @Allow('PUBLIC')
  @Mutation(() => LoginResult, { description: 'Signs in with an email address or phone number and a password.' })
  async login(
    @Arg('input', () => LoginInput, { description: 'The credentials.' }) input: LoginInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof LoginResult> {
    return deliver(await this.logIn(input, context.client), input.transport, context);
  }
}
