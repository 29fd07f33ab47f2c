import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { AccountDisabled, ChallengeFailed, InvalidInput, isProblem, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { BYTES, MaxBytes } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { FeatureDisabled } from '../../core/session-problems.ts';
import { Authenticated, deliver } from '../sessions/authenticated.ts';
import { SessionFieldsInput } from '../sessions/session-input.ts';
import type { PasskeyLogin } from './passkey-login.service.ts';
import type { StartedCeremony } from './pending-passkey.ts';

@ObjectType('PasskeyLogin', { description: 'A sign-in with a passkey has started. Also for reauthenticate.' })
class PasskeyLoginType {
  @Field(() => ID, { description: 'Send it to finishPasskeyLogin or reauthenticate.' })
  readonly challengeId: string;
  @MaxBytes(BYTES.passkeyOptions)
  @Field(() => String, {
    description:
      'PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3) as JSON text. Browsers: JSON.parse it. Android: pass it to Credential Manager unchanged.',
  })
  readonly options: string;
  @Field(() => DateTime, { description: 'When the options expire, ten minutes from now. They can be used once.' })
  readonly expiresAt: Date;

  constructor({ challengeId, options, expiresAt }: StartedCeremony) {
    this.challengeId = challengeId;
    this.options = options;
    this.expiresAt = expiresAt;
  }
}

const StartPasskeyLoginResult = createUnionType({
  name: 'StartPasskeyLoginResult',
  description: 'Possible outcomes of startPasskeyLogin. FeatureDisabled: passkeys are off.',
  types: () => [PasskeyLoginType, FeatureDisabled, RateLimited] as const,
});
const FinishPasskeyLoginResult = createUnionType({
  name: 'FinishPasskeyLoginResult',
  description:
    'Possible outcomes of finishPasskeyLogin. ChallengeFailed with PASSKEY_REJECTED: offer another way to sign in.',
  types: () => [Authenticated, AccountDisabled, ChallengeFailed, InvalidInput, RateLimited] as const,
});

@InputType('FinishPasskeyLoginInput', { description: 'What the authenticator returned for the options.' })
class FinishPasskeyLoginInput extends SessionFieldsInput {
  @Field(() => ID, { description: 'The challengeId from startPasskeyLogin.' })
  challengeId!: string;
  @Field(() => String, {
    description: 'AuthenticationResponseJSON as JSON text: in browsers, JSON.stringify(credential).',
  })
  response!: string;
}

@Resolver()
export class PasskeyLoginResolver {
  constructor(private readonly login: PasskeyLogin) {}

  @Allow('PUBLIC')
  @Mutation(() => StartPasskeyLoginResult, {
    description:
      'Options for any passkey of this site, also for autofill. They name no account and reveal nothing about existing ones.',
  })
  async startPasskeyLogin(@Ctx() context: RequestContext): Promise<typeof StartPasskeyLoginResult> {
    const outcome = await this.login.start(context.client);
    return isProblem(outcome) ? outcome : new PasskeyLoginType(outcome);
  }

  @Allow('PUBLIC')
  @Mutation(() => FinishPasskeyLoginResult, {
    description: 'Signs in. A passkey with user verification (PIN, fingerprint, face) counts as both factors.',
  })
  async finishPasskeyLogin(
    @Arg('input', () => FinishPasskeyLoginInput, { description: 'The response of the authenticator.' })
    input: FinishPasskeyLoginInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof FinishPasskeyLoginResult> {
    return deliver(await this.login.finish(input, context.client), input.transport, context);
  }
}
