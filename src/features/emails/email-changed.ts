import { Field, ObjectType } from 'type-graphql';
import { UserType } from '../accounts/user.graphql.ts';
import type { User } from '../accounts/user.ts';

@ObjectType('EmailChanged', {
  description: 'The account has its new address, which is proved. The old one has been told.',
})
export class EmailChanged {
  @Field(() => UserType, { description: 'As they are now.' })
  readonly user: UserType;
  constructor(user: User) {
    this.user = new UserType(user);
  }
}
