import {
  Arg,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { LastSignInMethod, NotFound, Unauthenticated } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { UserType } from '../accounts/user.graphql.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { Identity } from '../identities/identity.ts';

/** What the API shows of an identity: an allow-list over the row. */
@ObjectType('Identity', { description: 'An account at a social provider, linked for signing in.' })
export class IdentityType {
  constructor(private readonly row: Identity) {}

  @Field(() => ID, { description: 'Identity ID, for unlinkIdentity.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => String, { description: 'Provider name, such as google, as listed by socialProviders.' })
  get provider(): string {
    return this.row.provider;
  }
  @Field(() => String, {
    nullable: true,
    description:
      'Email address at the provider when the identity was linked, verified or not. For display only: it is not used for sign-in.',
  })
  get email(): string | null {
    return this.row.email;
  }
  @Field(() => DateTime, { description: 'When the identity was linked.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
}

@ObjectType('IdentityUnlinked', { description: 'The identity was unlinked. Existing sessions continue.' })
class IdentityUnlinked {
  @Field(() => UserType, { description: 'The user after the change.' })
  readonly user: UserType;
  constructor(user: UserType) {
    this.user = user;
  }
}

const UnlinkIdentityResult = createUnionType({
  name: 'UnlinkIdentityResult',
  description: 'Possible outcomes of unlinkIdentity.',
  types: () => [IdentityUnlinked, LastSignInMethod, NotFound] as const,
});

@Resolver(() => UserType)
export class IdentityResolver {
  constructor(
    private readonly accounts: Accounts,
    private readonly identityService: Identities,
  ) {}

  @FieldResolver(() => [IdentityType], {
    description: 'Linked social accounts, oldest first. Visible to the user, staff and administrators.',
  })
  async identities(@Root() user: UserType, @Ctx() context: RequestContext): Promise<IdentityType[]> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('STAFF', 'User.identities');
    return (await this.identityService.of(user.id)).map((identity) => new IdentityType(identity));
  }

  @Allow('SIGNED_IN')
  @Mutation(() => UnlinkIdentityResult, {
    description:
      'Unlinks an identity from the signed-in user. Refused if it is the last way to sign in: there must be a password, a verified phone number or another identity.',
  })
  async unlinkIdentity(
    @Arg('id', () => ID, { description: 'Identity ID, as listed by me.identities.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<typeof UnlinkIdentityResult> {
    const { userId } = await requireViewer(context);
    const outcome = await this.identityService.unlink(userId, id, context.client);
    if (outcome instanceof NotFound || outcome instanceof LastSignInMethod) return outcome;
    const user = await this.accounts.byId(userId);
    if (!user) throw new Unauthenticated();
    return new IdentityUnlinked(new UserType(user));
  }
}
