import { Arg, Ctx, createUnionType, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { InvalidInput, Unauthenticated } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { Accounts } from './account.service.ts';
import { parseProfile } from './profile.ts';
import { UserType } from './user.graphql.ts';
import type { Profile, User } from './user.ts';

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
  description: 'Omitted fields stay unchanged; null or an empty string clears a field.',
})
class UpdateProfileInput {
  @Field(() => String, {
    nullable: true,
    description: 'At most 100 characters. Leading and trailing spaces are removed; control characters are rejected.',
  })
  firstName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters, with the same rules as firstName.' })
  lastName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 200 characters, with the same rules as firstName.' })
  companyName?: string | null;
  @Field(() => String, { nullable: true, description: 'Language for messages, as a BCP 47 tag.' })
  locale?: string | null;
}

const FIELDS = ['firstName', 'lastName', 'companyName', 'locale'] as const satisfies readonly (keyof Profile)[];

@Resolver()
export class ProfileResolver {
  constructor(private readonly accounts: Accounts) {}

  @Allow('SIGNED_IN')
  @Mutation(() => UpdateProfileResult, { description: "Updates the signed-in user's profile." })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'The fields to change.' }) input: UpdateProfileInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof UpdateProfileResult> {
    const { userId } = await requireViewer(context);
    const profile = parseProfile(input);
    if (Array.isArray(profile)) return new InvalidInput(profile);
    const given = FIELDS.filter((field) => input[field] !== undefined);
    const changes = Object.fromEntries(given.map((field) => [field, profile[field]])) as Partial<Profile>; // Its keys.
    // Nothing is written where nothing is to change: the account was not changed then.
    const user = await (given.length > 0 ? this.accounts.updateProfile(userId, changes) : this.active(userId));
    if (!user) throw new Unauthenticated();
    return new ProfileUpdated(new UserType(user));
  }

  private async active(userId: string): Promise<User | undefined> {
    const user = await this.accounts.byId(userId);
    return user?.isActive ? user : undefined;
  }
}
