import { Field, ObjectType } from 'type-graphql';
import type { User } from '../accounts/user.ts';
import { UserType } from '../accounts/user-type.ts';

@ObjectType('EmailChanged', {
  description: 'The account has a new, verified address. The old address is notified.',
})
export class EmailChanged {
  @Field(() => UserType, { description: 'The user after the change.' })
  readonly user: UserType;
  constructor(user: User) {
    this.user = new UserType(user);
  }
}
