import { Field, ObjectType } from 'type-graphql';

@ObjectType('EmailVerified', { description: 'The address is proved. Nobody was signed in.' })
export class EmailVerified {
  @Field(() => String, { description: 'The account whose address is now proved.' })
  readonly email: string;
  constructor(email: string) {
    this.email = email;
  }
}
