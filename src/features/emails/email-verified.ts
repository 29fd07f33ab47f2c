import { Field, ObjectType } from 'type-graphql';

@ObjectType('EmailVerified', { description: 'The address is verified. No session was started.' })
export class EmailVerified {
  @Field(() => String, { description: 'The verified address.' })
  readonly email: string;
  @Field(() => Boolean, {
    description:
      'Whether the account had a password that was removed, because the caller only opened a link: another person may have chosen it. A message with a link for choosing a new one was sent.',
  })
  readonly passwordRemoved: boolean;
  constructor(email: string, passwordRemoved: boolean) {
    this.email = email;
    this.passwordRemoved = passwordRemoved;
  }
}
