import { Field, ObjectType } from 'type-graphql';

@ObjectType('EmailVerified', { description: 'The address is verified. No session was started.' })
export class EmailVerified {
  @Field(() => String, { description: 'The verified address.' })
  readonly email: string;
  constructor(email: string) {
    this.email = email;
  }
}
