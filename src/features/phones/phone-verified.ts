import { Field, ObjectType } from 'type-graphql';
import type { User } from '../accounts/user.ts';
import { UserType } from '../accounts/user-type.ts';

@ObjectType('PhoneVerified', {
  description: 'The number was verified and saved to the account. The session continues.',
})
export class PhoneVerified {
  @Field(() => UserType, { description: 'The account with the verified number.' })
  readonly user: UserType;

  constructor(user: User) {
    this.user = new UserType(user);
  }
}
