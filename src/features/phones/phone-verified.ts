import { Field, ObjectType } from 'type-graphql';
import { UserType } from '../accounts/user.graphql.ts';
import type { User } from '../accounts/user.ts';

@ObjectType('PhoneVerified', { description: 'The number is proved and is the account’s. The session goes on.' })
export class PhoneVerified {
  @Field(() => UserType, { description: 'The account that has the number now.' })
  readonly user: UserType;

  constructor(user: User) {
    this.user = new UserType(user);
  }
}
