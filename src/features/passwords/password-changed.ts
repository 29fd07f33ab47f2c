import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('PasswordChanged', { description: 'The password was changed. The old one no longer works.' })
export class PasswordChanged {
  @Field(() => Int, { description: 'Number of sessions ended.' })
  readonly sessionsEnded: number;

  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded;
  }
}
