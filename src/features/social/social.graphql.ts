import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { AccountDisabled, InvalidCredentials, InvalidInput, isProblem, RateLimited } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { MAX_PROVIDERS, MaxItems } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { IdentityConflict, SocialProviderUnavailable, SocialRejected } from '../../core/social-problems.ts';
import { UserType } from '../accounts/user-type.ts';
import { IdentityType } from '../identities/identity-type.ts';
import { Authenticated, deliver } from '../sessions/authenticated.ts';
import { SessionFieldsInput } from '../sessions/session-input.ts';
import { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { Authorization, Authorize } from './authorization.service.ts';
import type { Social } from './social.service.ts';

const SocialPurpose = graphqlEnum('SocialPurpose', 'Purpose of a social sign-in.', {
  AUTHENTICATE: 'Sign in or sign up.',
  LINK: "Link the identity to the signed-in user's account.",
});
type SocialPurpose = keyof typeof SocialPurpose;

@ObjectType('SocialProvider', { description: 'A social provider for signing in.' })
class SocialProviderType {
  @Field(() => String, { description: 'Name for socialAuthorize, such as google.' })
  name!: string;
  @Field(() => String, { description: 'Display name.' })
  label!: string;
}

@ObjectType('SocialAuthorization', { description: 'The sign-in has started: send the browser to the provider.' })
class SocialAuthorization {
  @Field(() => String, { description: 'The URL to send the browser to.' })
  readonly url: string;
  @Field(() => String, {
    description: 'The state that the redirect must return. Pass the returned one to socialCallback.',
  })
  readonly state: string;
  @Field(() => ID, {
    description:
      'Keep it in the client, never in a URL, and pass it to socialCallback: it binds the sign-in to this client.',
  })
  readonly challengeId: string;
  @Field(() => DateTime, { description: 'When the sign-in expires, ten minutes from now. It can be completed once.' })
  readonly expiresAt: Date;

  constructor({ url, state, challengeId, expiresAt }: Authorization) {
    this.url = url;
    this.state = state;
    this.challengeId = challengeId;
    this.expiresAt = expiresAt;
  }
}

@ObjectType('IdentityLinked', { description: 'The identity is linked. The user can sign in with it.' })
class IdentityLinked {
  @Field(() => IdentityType, { description: 'The linked identity. It may have been linked before.' })
  readonly identity: IdentityType;
  @Field(() => UserType, { description: 'The user it is linked to.' })
  readonly user: UserType;
  constructor(identity: IdentityType, user: UserType) {
    this.identity = identity;
    this.user = user;
  }
}

const SocialAuthorizeResult = createUnionType({
  name: 'SocialAuthorizeResult',
  description:
    'Possible outcomes of socialAuthorize. InvalidCredentials: the password for LINK is wrong. ReauthenticationRequired: LINK without a password in the input and without a recent sign-in.',
  types: () =>
    [
      SocialAuthorization,
      SocialProviderUnavailable,
      InvalidInput,
      InvalidCredentials,
      RateLimited,
      ReauthenticationRequired,
    ] as const,
});
const SocialResult = createUnionType({
  name: 'SocialResult',
  description: 'Possible outcomes of a social sign-in. IdentityLinked: it was started with LINK.',
  types: () =>
    [
      Authenticated,
      IdentityLinked,
      SocialRejected,
      IdentityConflict,
      AccountDisabled,
      SocialProviderUnavailable,
      InvalidInput,
      RateLimited,
      SecondFactorRequired,
    ] as const,
});

@InputType('SocialAuthorizeInput', { description: 'The provider, and where the browser returns.' })
class SocialAuthorizeInput {
  @Field(() => String, { description: 'Provider name, as listed by socialProviders.' })
  provider!: string;
  @Field(() => String, { description: "Must exactly match an entry in the server's list." })
  redirectUri!: string;
  @Field(() => SocialPurpose, { defaultValue: 'AUTHENTICATE', description: 'LINK requires a signed-in user.' })
  purpose!: SocialPurpose;
  @Field(() => String, {
    nullable: true,
    description:
      'Password of the account. Required for LINK if the last sign-in or reauthentication was more than ten minutes ago.',
  })
  password?: string | null;
}

@InputType('SocialCallbackInput', {
  description: 'The parameters of the redirect, and the challenge ID that the client kept.',
})
class SocialCallbackInput extends SessionFieldsInput {
  @Field(() => String, { description: 'The provider passed to socialAuthorize.' })
  provider!: string;
  @Field(() => String, { description: 'The code parameter of the redirect.' })
  code!: string;
  @Field(() => String, { description: 'The state parameter of the redirect.' })
  state!: string;
  @Field(() => ID, { description: 'Challenge ID from socialAuthorize.' })
  challengeId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The iss parameter of the redirect, if the provider sends one.',
  })
  issuer?: string | null;
}

@InputType('SocialTokenLoginInput', {
  description: 'Exactly one of idToken and accessToken, depending on the provider.',
})
class SocialTokenLoginInput extends SessionFieldsInput {
  @Field(() => String, { description: 'Provider name, as listed by socialProviders.' })
  provider!: string;
  @Field(() => String, { nullable: true, description: 'An OpenID Connect ID token, at most ten minutes old.' })
  idToken?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'An access token. Only for providers that report its audience, such as google.',
  })
  accessToken?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The nonce that the app sent to the provider, in plain or as a SHA-256 digest. Required if the ID token contains one.',
  })
  nonce?: string | null;
}

@Resolver()
export class SocialResolver {
  constructor(
    private readonly authorize: Authorize,
    private readonly social: Social,
  ) {}

  @Allow('PUBLIC')
  @MaxItems(MAX_PROVIDERS)
  @Query(() => [SocialProviderType], { description: 'Social providers configured on this server.' })
  socialProviders(): SocialProviderType[] {
    return [...this.social.list];
  }

  @Allow('PUBLIC')
  @RequiresRecentSignIn({ when: ({ input }) => input.purpose === 'LINK', orPassword: 'password' })
  @Mutation(() => SocialAuthorizeResult, {
    description:
      'Starts a social sign-in, or links an identity to the signed-in user. Returns where to send the browser and what to keep for socialCallback.',
  })
  async socialAuthorize(
    @Arg('input', () => SocialAuthorizeInput, { description: 'The provider and the redirect URI.' })
    input: SocialAuthorizeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SocialAuthorizeResult> {
    const viewer = input.purpose === 'LINK' ? await context.viewer() : undefined;
    const outcome = await this.authorize(input, viewer, context.client);
    return isProblem(outcome) ? outcome : new SocialAuthorization(outcome);
  }

  @Allow('PUBLIC')
  @Mutation(() => SocialResult, {
    description:
      "Completes a social sign-in: exchanges the provider's code for a session, or links the identity. LINK with an expired access token is UNAUTHENTICATED: refresh it and retry with the same input.",
  })
  async socialCallback(
    @Arg('input', () => SocialCallbackInput, { description: 'The parameters of the redirect.' })
    input: SocialCallbackInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SocialResult> {
    const viewer = await context.viewer();
    const hasRefusedToken = context.presentsToken && !viewer;
    const outcome = await this.social.callback({ ...input, hasRefusedToken }, viewer, context.client);
    if (isProblem(outcome)) return outcome;
    return 'identity' in outcome
      ? new IdentityLinked(new IdentityType(outcome.identity), new UserType(outcome.user))
      : deliver(outcome, input.transport, context);
  }

  @Allow('PUBLIC')
  @Mutation(() => SocialResult, {
    description: "For native apps: exchanges the provider's ID token or access token for a session.",
  })
  async socialTokenLogin(
    @Arg('input', () => SocialTokenLoginInput, { description: "The provider's token." }) input: SocialTokenLoginInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SocialResult> {
    return deliver(await this.social.tokenLogin(input, context.client), input.transport, context);
  }
}
