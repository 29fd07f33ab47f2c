import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('AccountDeleted', { description: 'The account is gone. Its tokens are refused from now on.' })
export class AccountDeleted {
  @Field(() => Int, { description: 'Sessions that ended with it, the one that asked among them.' })
  readonly sessionsEnded: number;

  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded;
  }
}
