import { Arg, Ctx, createUnionType, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { InvalidInput, Unauthenticated } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { Accounts } from './account.service.ts';
import { parseProfile } from './profile.ts';
import { UserType } from './user.graphql.ts';
import type { Profile, User } from './user.ts';

@ObjectType('ProfileUpdated', { description: 'The profile is as asked for.' })
class ProfileUpdated {
  @Field(() => UserType, { description: 'As they are now.' })
  readonly user: UserType;
  constructor(user: UserType) {
    this.user = user;
  }
}

const UpdateProfileResult = createUnionType({
  name: 'UpdateProfileResult',
  description: 'How a change of the profile can end.',
  types: () => [ProfileUpdated, InvalidInput] as const,
});

@InputType('UpdateProfileInput', { description: 'What is omitted stays; null or an empty text clears.' })
class UpdateProfileInput {
  @Field(() => String, {
    nullable: true,
    description: 'At most 100 characters; outer space goes, control characters are refused.',
  })
  firstName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters, likewise.' })
  lastName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 200 characters, likewise.' })
  companyName?: string | null;
  @Field(() => String, { nullable: true, description: 'A language tag (BCP 47): the language of messages.' })
  locale?: string | null;
}

const FIELDS = ['firstName', 'lastName', 'companyName', 'locale'] as const satisfies readonly (keyof Profile)[];

@Resolver()
export class ProfileResolver {
  constructor(private readonly accounts: Accounts) {}

  @Allow('SIGNED_IN')
  @Mutation(() => UpdateProfileResult, { description: 'Changes what the signed-in user says of themselves.' })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
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
