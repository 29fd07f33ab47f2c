import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('PasswordChanged', { description: 'The new password is the only one that works. Nobody was signed in.' })
export class PasswordChanged {
  @Field(() => Int, { description: 'Sessions that ended with the old password.' })
  readonly sessionsEnded: number;

  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded;
  }
}
