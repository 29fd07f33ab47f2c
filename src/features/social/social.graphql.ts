import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import {
  AccountDisabled,
  graphqlEnum,
  IdentityConflict,
  InvalidCredentials,
  InvalidInput,
  RateLimited,
  SocialProviderUnavailable,
  SocialRejected,
} from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { UserType } from '../accounts/user.graphql.ts';
import { Authenticated, deliver, TokenTransport } from '../sessions/authenticated.ts';
import type { Authorization, Authorize } from './authorization.service.ts';
import { IdentityType } from './identity.graphql.ts';
import type { Social } from './social.service.ts';

const SocialPurpose = graphqlEnum('SocialPurpose', 'What a social sign-in is begun for.', {
  AUTHENTICATE: 'To sign in, or up.',
  LINK: 'To add the identity to the account of the signed-in user.',
});
type SocialPurpose = keyof typeof SocialPurpose;

@ObjectType('SocialProvider', { description: 'A site that people can sign in with.' })
class SocialProviderType {
  @Field(() => String, { description: 'e.g. google; what socialAuthorize takes.' })
  name!: string;
  @Field(() => String, { description: 'What people see.' })
  label!: string;
}

@ObjectType('SocialAuthorization', { description: 'The browser goes to the provider now.' })
class SocialAuthorization {
  @Field(() => String, { description: 'Send the browser here.' })
  readonly url: string;
  @Field(() => String, { description: 'Comes back in the redirect; hand it to socialCallback.' })
  readonly state: string;
  @Field(() => ID, {
    description:
      'Keep it in the client (never in a URL) and present it with the callback: it ties the answer to this client.',
  })
  readonly challengeId: string;
  @Field(() => DateTime, { description: 'Ten minutes from now; it can be answered once.' })
  readonly expiresAt: Date;

  constructor({ url, state, challengeId, expiresAt }: Authorization) {
    this.url = url;
    this.state = state;
    this.challengeId = challengeId;
    this.expiresAt = expiresAt;
  }
}

@ObjectType('IdentityLinked', { description: 'The user can sign in with it from now on.' })
class IdentityLinked {
  @Field(() => IdentityType, { description: 'What was linked, now or before.' })
  readonly identity: IdentityType;
  @Field(() => UserType, { description: 'To whom.' })
  readonly user: UserType;
  constructor(identity: IdentityType, user: UserType) {
    this.identity = identity;
    this.user = user;
  }
}

const SocialAuthorizeResult = createUnionType({
  name: 'SocialAuthorizeResult',
  description: 'How beginning a social sign-in can end. InvalidCredentials: the password for LINK is wrong.',
  types: () => [SocialAuthorization, SocialProviderUnavailable, InvalidInput, InvalidCredentials, RateLimited] as const,
});
const SocialResult = createUnionType({
  name: 'SocialResult',
  description: 'How a social sign-in can end; IdentityLinked when it was begun with LINK.',
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
    ] as const,
});

@InputType('SocialAuthorizeInput', { description: 'With whom, and where the browser comes back to.' })
class SocialAuthorizeInput {
  @Field(() => String, { description: 'As socialProviders names it.' })
  provider!: string;
  @Field(() => String, { description: "Must be on the server's list, exactly." })
  redirectUri!: string;
  @Field(() => SocialPurpose, { defaultValue: 'AUTHENTICATE', description: 'LINK needs a signed-in user.' })
  purpose!: SocialPurpose;
  @Field(() => String, {
    nullable: true,
    description: 'For LINK, when the session began more than ten minutes ago: the password of the account.',
  })
  password?: string | null;
}

@InputType('SocialCallbackInput', { description: 'What the provider put into the redirect, and what the client kept.' })
class SocialCallbackInput {
  @Field(() => String, { description: 'The provider that socialAuthorize was called with.' })
  provider!: string;
  @Field(() => String, { description: 'The code parameter of the redirect.' })
  code!: string;
  @Field(() => String, { description: 'The state parameter of the redirect.' })
  state!: string;
  @Field(() => ID, { description: 'From socialAuthorize, kept by this client.' })
  challengeId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The iss parameter of the redirect, where the provider sends one.',
  })
  issuer?: string | null;
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token shall travel.' })
  transport!: TokenTransport;
  @Field(() => String, { nullable: true, description: 'Names the session in the device list; at most 100 characters.' })
  device?: string | null;
}

@InputType('SocialTokenLoginInput', { description: 'One of idToken and accessToken, as the provider issues.' })
class SocialTokenLoginInput {
  @Field(() => String, { description: 'As socialProviders names it.' })
  provider!: string;
  @Field(() => String, { nullable: true, description: 'An OpenID Connect ID token, at most ten minutes old.' })
  idToken?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'An access token, where the provider says whom it was made for: google and facebook.',
  })
  accessToken?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The nonce that the app sent to the provider, or whose SHA-256 it sent. Required when the ID token has one.',
  })
  nonce?: string | null;
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token shall travel.' })
  transport!: TokenTransport;
  @Field(() => String, { nullable: true, description: 'Names the session in the device list; at most 100 characters.' })
  device?: string | null;
}

@Resolver()
export class SocialResolver {
  constructor(
    private readonly authorize: Authorize,
    private readonly social: Social,
  ) {}

  @Allow('PUBLIC')
  @Query(() => [SocialProviderType], { description: 'The social providers this server is configured for.' })
  socialProviders(): SocialProviderType[] {
    return this.social.list;
  }

  @Allow('PUBLIC')
  @Mutation(() => SocialAuthorizeResult, {
    description:
      'Starts a social sign-in (or, signed in, a link): where to send the browser, and what to keep for the callback.',
  })
  async socialAuthorize(
    @Arg('input', () => SocialAuthorizeInput, { description: 'With whom.' }) input: SocialAuthorizeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SocialAuthorizeResult> {
    const viewer = input.purpose === 'LINK' ? await context.viewer() : undefined;
    const outcome = await this.authorize(input, viewer, context.client);
    return 'url' in outcome ? new SocialAuthorization(outcome) : outcome;
  }

  @Allow('PUBLIC')
  @Mutation(() => SocialResult, { description: "Exchanges the provider's code and state for a session." })
  async socialCallback(
    @Arg('input', () => SocialCallbackInput, { description: 'What came back.' }) input: SocialCallbackInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SocialResult> {
    const outcome = await this.social.callback(input, await context.viewer(), context.client);
    if ('identity' in outcome)
      return new IdentityLinked(new IdentityType(outcome.identity), new UserType(outcome.user));
    return deliver(outcome, input.transport, context);
  }

  @Allow('PUBLIC')
  @Mutation(() => SocialResult, {
    description: "Native apps: trades the provider's own ID token or access token for a session.",
  })
  async socialTokenLogin(
    @Arg('input', () => SocialTokenLoginInput, { description: 'The token.' }) input: SocialTokenLoginInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof SocialResult> {
    return deliver(await this.social.tokenLogin(input, context.client), input.transport, context);
  }
}
