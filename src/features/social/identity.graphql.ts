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
@ObjectType('Identity', { description: 'Who the user is at another site, with which they can sign in here.' })
export class IdentityType {
  constructor(private readonly row: Identity) {}

  @Field(() => ID, { description: 'What unlinkIdentity takes.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => String, { description: 'e.g. google; as socialProviders names it.' })
  get provider(): string {
    return this.row.provider;
  }
  @Field(() => String, {
    nullable: true,
    description: 'The address there when it was linked, proved or not. For show: nothing is found by it.',
  })
  get email(): string | null {
    return this.row.email;
  }
  @Field(() => DateTime, { description: 'When it was linked.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
}

@ObjectType('IdentityUnlinked', { description: 'The identity no longer signs in. Sessions go on.' })
class IdentityUnlinked {
  @Field(() => UserType, { description: 'As they are now.' })
  readonly user: UserType;
  constructor(user: UserType) {
    this.user = user;
  }
}

const UnlinkIdentityResult = createUnionType({
  name: 'UnlinkIdentityResult',
  description: 'How unlinking an identity can end.',
  types: () => [IdentityUnlinked, LastSignInMethod, NotFound] as const,
});

@Resolver(() => UserType)
export class IdentityResolver {
  constructor(
    private readonly accounts: Accounts,
    private readonly identityService: Identities,
  ) {}

  @FieldResolver(() => [IdentityType], {
    description: 'Sites that the user can sign in with, oldest first. Visible to the user and to administrators.',
  })
  async identities(@Root() user: UserType, @Ctx() context: RequestContext): Promise<IdentityType[]> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('STAFF', 'User.identities');
    return (await this.identityService.of(user.id)).map((identity) => new IdentityType(identity));
  }

  @Allow('SIGNED_IN')
  @Mutation(() => UnlinkIdentityResult, {
    description:
      'Takes an identity away from the signed-in user, unless nothing would be left to sign in with: a password, a proved phone number, or another identity.',
  })
  async unlinkIdentity(
    @Arg('id', () => ID, { description: 'Of the identity, as me.identities lists it.' }) id: string,
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
