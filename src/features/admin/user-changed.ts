import { Field, ObjectType } from 'type-graphql';
import { ChangedMeanwhile } from '../../core/admin-problems.ts';
import { Problem } from '../../core/problems.ts';
import type { User } from '../accounts/user.ts';
import { UserType } from '../accounts/user-type.ts';

@ObjectType('UserChanged', {
  implements: Problem,
  description:
    'The user was changed after expectedUpdatedAt, by another administrator or by the user. Nothing was changed now.',
})
export class UserChanged extends ChangedMeanwhile {
  @Field(() => UserType, { description: 'The user as it is now.' })
  readonly user: UserType;
  constructor(user: User) {
    super();
    this.user = new UserType(user);
  }
}
