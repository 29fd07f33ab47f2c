import { Arg, Ctx, createUnionType, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow, AllowInImpersonation } from '../../core/access.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { InvalidInput, isProblem } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import { parseProfileChanges } from './profile.ts';
import { ProfileFieldsInput } from './profile-input.ts';
import type { UpdateProfile } from './profile-update.service.ts';
import { UserType } from './user-type.ts';

@ObjectType('ProfileUpdated', { description: 'The profile was saved.' })
class ProfileUpdated {
  @Field(() => UserType, { description: 'The user after the change.' })
  readonly user: UserType;
  constructor(user: UserType) {
    this.user = user;
  }
}

const UpdateProfileResult = createUnionType({
  name: 'UpdateProfileResult',
  description: 'Possible outcomes of updateProfile.',
  types: () => [ProfileUpdated, InvalidInput] as const,
});

@InputType('UpdateProfileInput', {
  description:
    'Omitted fields stay unchanged; null or an empty string clears a field. Surrounding spaces are removed; control characters are rejected.',
})
class UpdateProfileInput extends ProfileFieldsInput {}

@Resolver()
export class ProfileResolver {
  constructor(private readonly update: UpdateProfile) {}

  @Allow('SIGNED_IN')
  @AllowInImpersonation()
  @Mutation(() => UpdateProfileResult, { description: "Updates the signed-in user's profile." })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'The fields to change.' }) input: UpdateProfileInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof UpdateProfileResult> {
    const viewer = await requireViewer(context);
    const changes = parseProfileChanges(input);
    if (isProblem(changes)) return changes;
    const user = await this.update(viewer, changes, context.client);
    if (!user) throw new Unauthenticated();
    return new ProfileUpdated(new UserType(user));
  }
}
