import { Arg, Ctx, createUnionType, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { AccountDisabled, InvalidCredentials, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { Challenge } from '../challenges/challenge.graphql.ts';
import { Authenticated, deliver, TokenTransport } from '../sessions/authenticated.ts';
import type { Login } from './login.service.ts';

const LoginResult = createUnionType({
  name: 'LoginResult',
  description:
    'How a sign-in can end. Challenge: the password was right and the address must be proved first, with verifyEmail.',
  types: () => [Authenticated, Challenge, InvalidCredentials, AccountDisabled, InvalidInput, RateLimited] as const,
});

@InputType('LoginInput', { description: 'Who, and the proof.' })
class LoginInput {
  @Field(() => String, { description: 'Email address, or proved phone number in international form (E.164).' })
  identifier!: string;
  @Field(() => String, { description: 'The password, exactly as it was set; at most 256 characters.' })
  password!: string;
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token shall travel.' })
  transport!: TokenTransport;
  @Field(() => String, { nullable: true, description: 'Names the session in the device list; at most 100 characters.' })
  device?: string | null;
}

@Resolver()
export class LoginResolver {
  constructor(private readonly logIn: Login) {}

  @Allow('PUBLIC')
  @Mutation(() => LoginResult, { description: 'Email address or phone number, and password.' })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who, and the proof.' }) input: LoginInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof LoginResult> {
    return deliver(await this.logIn(input, context.client), input.transport, context);
  }
}
