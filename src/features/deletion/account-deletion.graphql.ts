import { Arg, Ctx, createUnionType, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { InvalidCredentials, LastAdministrator, RateLimited } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import { forgetCookie } from '../sessions/session.graphql.ts';
import { AccountDeleted } from './account-deleted.ts';
import type { DeleteAccount } from './account-deletion.service.ts';

const DeleteAccountResult = createUnionType({
  name: 'DeleteAccountResult',
  description:
    'How leaving can end. InvalidCredentials: the password is wrong or missing; or the account has none, and the session began more than ten minutes ago: sign in again, then repeat.',
  types: () => [AccountDeleted, InvalidCredentials, RateLimited, LastAdministrator] as const,
});

@InputType('DeleteAccountInput', { description: 'The proof that it is the owner who asks.' })
class DeleteAccountInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Required when the account has one. For an account without, the session must have begun, by a sign-in and not by a refresh, within the last ten minutes.',
  })
  password?: string | null;
}

@Resolver()
export class DeletionResolver {
  constructor(private readonly remove: DeleteAccount) {}

  @Allow('SIGNED_IN')
  @Mutation(() => DeleteAccountResult, {
    description:
      'Deletes the account of the signed-in user with everything that it holds, at once and for good, and tells its address. All its tokens are refused from then on.',
  })
  async deleteAccount(
    @Arg('input', () => DeleteAccountInput, { description: 'The proof.' }) input: DeleteAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof DeleteAccountResult> {
    const outcome = await this.remove(input.password, await requireViewer(context), context.client);
    if (outcome instanceof AccountDeleted) forgetCookie(context);
    return outcome;
  }
}
