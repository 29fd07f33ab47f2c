import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { ChallengeFailed, InvalidInput, isProblem, RateLimited } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { BYTES, MaxBytes } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { FeatureDisabled, ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { FinishPasskeyRegistration } from './passkey-registration-finish.service.ts';
import type { StartPasskeyRegistration } from './passkey-registration-start.service.ts';
import { PasskeySaved } from './passkey-saved.ts';
import type { StartedCeremony } from './pending-passkey.ts';

@ObjectType('PasskeyRegistration', { description: 'The registration of a passkey has started.' })
class PasskeyRegistrationType {
  @Field(() => ID, { description: 'Send it to finishPasskeyRegistration.' })
  readonly challengeId: string;
  @MaxBytes(BYTES.passkeyOptions)
  @Field(() => String, {
    description:
      'PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3) as JSON text. Browsers: JSON.parse it. Android: pass it to Credential Manager unchanged.',
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

const StartPasskeyRegistrationResult = createUnionType({
  name: 'StartPasskeyRegistrationResult',
  description:
    'Possible outcomes of startPasskeyRegistration. InvalidInput: the account has twenty passkeys. FeatureDisabled: passkeys are off.',
  types: () => [PasskeyRegistrationType, InvalidInput, ReauthenticationRequired, RateLimited, FeatureDisabled] as const,
});
const FinishPasskeyRegistrationResult = createUnionType({
  name: 'FinishPasskeyRegistrationResult',
  description: 'Possible outcomes of finishPasskeyRegistration.',
  types: () => [PasskeySaved, ChallengeFailed, InvalidInput, RateLimited] as const,
});

@InputType('FinishPasskeyRegistrationInput', { description: 'What the authenticator returned for the options.' })
class FinishPasskeyRegistrationInput {
  @Field(() => ID, { description: 'The challengeId from startPasskeyRegistration.' })
  challengeId!: string;
  @Field(() => String, {
    description: 'RegistrationResponseJSON as JSON text: in browsers, JSON.stringify(credential).',
  })
  response!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Name for the list of passkeys, at most 100 characters. By default derived from the browser.',
  })
  name?: string | null;
}

@Resolver()
export class PasskeyRegistrationResolver {
  constructor(
    private readonly start: StartPasskeyRegistration,
    private readonly finish: FinishPasskeyRegistration,
  ) {}

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => StartPasskeyRegistrationResult, {
    description: 'Starts adding a passkey to the account. Requires a sign-in within the last ten minutes.',
  })
  async startPasskeyRegistration(@Ctx() context: RequestContext): Promise<typeof StartPasskeyRegistrationResult> {
    const outcome = await this.start(await requireViewer(context));
    return isProblem(outcome) ? outcome : new PasskeyRegistrationType(outcome);
  }

  @Allow('SIGNED_IN')
  @Mutation(() => FinishPasskeyRegistrationResult, {
    description: 'Adds the passkey to the account of the user who started, and notifies them.',
  })
  async finishPasskeyRegistration(
    @Arg('input', () => FinishPasskeyRegistrationInput, { description: 'The response of the authenticator.' })
    input: FinishPasskeyRegistrationInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof FinishPasskeyRegistrationResult> {
    const outcome = await this.finish(input, await requireViewer(context), context.client);
    return isProblem(outcome) ? outcome : new PasskeySaved(outcome);
  }
}
