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
import { InvalidInput, isProblem, NotFound } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { MaxItems } from '../../core/response-size.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { LastSignInMethod } from '../../core/social-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user-type.ts';
import type { Passkeys } from '../factors/passkey.service.ts';
import { MAX_PASSKEYS } from '../factors/passkey.ts';
import type { RemovePasskey } from './passkey-removal.service.ts';
import type { RenamePasskey } from './passkey-renaming.service.ts';
import { PasskeySaved } from './passkey-saved.ts';
import { PasskeyType } from './passkey-type.ts';

@ObjectType('PasskeyRemoved', { description: 'The passkey was removed. Existing sessions continue.' })
class PasskeyRemoved {
  @Field(() => UserType, { description: 'The user after the change.' })
  readonly user: UserType;
  constructor(user: UserType) {
    this.user = user;
  }
}

const PasskeyResult = createUnionType({
  name: 'PasskeyResult',
  description: 'Possible outcomes of renamePasskey.',
  types: () => [PasskeySaved, InvalidInput, NotFound] as const,
});
const RemovePasskeyResult = createUnionType({
  name: 'RemovePasskeyResult',
  description: 'Possible outcomes of removePasskey.',
  types: () => [PasskeyRemoved, LastSignInMethod, NotFound, ReauthenticationRequired] as const,
});

@Resolver(() => UserType)
export class PasskeyResolver {
  constructor(
    private readonly list: Passkeys,
    private readonly rename: RenamePasskey,
    private readonly remove: RemovePasskey,
  ) {}

  @MaxItems(MAX_PASSKEYS)
  @FieldResolver(() => [PasskeyType], {
    description: 'Passkeys of the account, oldest first. Visible to the user and to administrators.',
  })
  async passkeys(@Root() user: UserType, @Ctx() context: RequestContext): Promise<PasskeyType[]> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('ADMIN', 'User.passkeys');
    return (await this.list.of(user.id)).map((passkey) => new PasskeyType(passkey));
  }

  @Allow('SIGNED_IN')
  @Mutation(() => PasskeyResult, { description: 'Renames a passkey of the signed-in user.' })
  async renamePasskey(
    @Arg('id', () => ID, { description: 'Passkey ID, as listed by me.passkeys.' }) id: string,
    @Arg('name', () => String, { description: 'New name, 1 to 100 characters.' }) name: string,
    @Ctx() context: RequestContext,
  ): Promise<typeof PasskeyResult> {
    const { userId } = await requireViewer(context);
    const outcome = await this.rename(userId, id, name);
    return isProblem(outcome) ? outcome : new PasskeySaved(outcome);
  }

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => RemovePasskeyResult, {
    description:
      'Removes a passkey of the signed-in user. Refused if it is the last way to sign in. If it is the last factor, a second factor is no longer required. Requires a sign-in within the last ten minutes.',
  })
  async removePasskey(
    @Arg('id', () => ID, { description: 'Passkey ID, as listed by me.passkeys.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<typeof RemovePasskeyResult> {
    const outcome = await this.remove(id, await requireViewer(context), context.client);
    return isProblem(outcome) ? outcome : new PasskeyRemoved(new UserType(outcome));
  }
}
