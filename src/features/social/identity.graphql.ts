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
import { isProblem, NotFound } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { MaxItems } from '../../core/response-size.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { LastSignInMethod } from '../../core/social-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user-type.ts';
import type { Identities } from '../identities/identity.service.ts';
import { MAX_IDENTITIES } from '../identities/identity.ts';
import { IdentityType } from '../identities/identity-type.ts';
import type { UnlinkIdentity } from './identity-unlink.service.ts';

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
  types: () => [IdentityUnlinked, LastSignInMethod, NotFound, ReauthenticationRequired] as const,
});

@Resolver(() => UserType)
export class IdentityResolver {
  constructor(
    private readonly identityService: Identities,
    private readonly unlink: UnlinkIdentity,
  ) {}

  @MaxItems(MAX_IDENTITIES)
  @FieldResolver(() => [IdentityType], {
    description: 'Linked social accounts, oldest first. Visible to the user, staff and administrators.',
  })
  async identities(@Root() user: UserType, @Ctx() context: RequestContext): Promise<IdentityType[]> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('STAFF', 'User.identities');
    return (await this.identityService.of(user.id)).map((identity) => new IdentityType(identity));
  }

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => UnlinkIdentityResult, {
    description:
      'Unlinks an identity from the signed-in user. Refused if it is the last way to sign in: there must be a password, a verified phone number or another identity. Requires a sign-in within the last ten minutes.',
  })
  async unlinkIdentity(
    @Arg('id', () => ID, { description: 'Identity ID, as listed by me.identities.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<typeof UnlinkIdentityResult> {
    const { userId } = await requireViewer(context);
    const outcome = await this.unlink(userId, id, context.client);
    return isProblem(outcome) ? outcome : new IdentityUnlinked(new UserType(outcome));
  }
}
