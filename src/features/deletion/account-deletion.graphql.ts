import { Arg, Ctx, createUnionType, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { LastAdministrator } from '../../core/admin-problems.ts';
import { InvalidCredentials, RateLimited } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { forgetCookie } from '../sessions/authenticated.ts';
import { AccountDeleted } from './account-deleted.ts';
import type { DeleteAccount } from './account-deletion.service.ts';

const DeleteAccountResult = createUnionType({
  name: 'DeleteAccountResult',
  description:
    'Possible outcomes of deleteAccount. InvalidCredentials: the password is wrong or missing. ReauthenticationRequired: there is no password in the input, and no recent sign-in.',
  types: () => [AccountDeleted, InvalidCredentials, RateLimited, LastAdministrator, ReauthenticationRequired] as const,
});

@InputType('DeleteAccountInput', { description: 'Confirms that the owner is making the request.' })
class DeleteAccountInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Required if the account has one, except within ten minutes of reauthenticate. Otherwise there must have been a sign-in within the last ten minutes.',
  })
  password?: string | null;
}

@Resolver()
export class DeletionResolver {
  constructor(private readonly remove: DeleteAccount) {}

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn({ orPassword: 'password' })
  @Mutation(() => DeleteAccountResult, {
    description:
      "Permanently deletes the signed-in user's account and its data, and notifies the owner. All its tokens stop working immediately.",
  })
  async deleteAccount(
    @Arg('input', () => DeleteAccountInput, { description: 'The password, if the account has one.' })
    input: DeleteAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof DeleteAccountResult> {
    const outcome = await this.remove(input.password, await requireViewer(context), context.client);
    if (outcome instanceof AccountDeleted) forgetCookie(context);
    return outcome;
  }
}
