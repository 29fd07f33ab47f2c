import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('AccountDeleted', { description: 'The account was deleted. Its tokens are no longer accepted.' })
export class AccountDeleted {
  @Field(() => Int, { description: 'Number of sessions ended, including the current one.' })
  readonly sessionsEnded: number;

  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded;
  }
}
