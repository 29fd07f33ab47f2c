import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound } from '../../core/problems.ts';

@ObjectType('LoggedOut', { description: 'The sessions have ended. Their tokens are no longer accepted.' })
export class LoggedOut {
  @Field(() => Int, { description: 'Number of sessions ended; 0 if they had already ended.' })
  readonly sessionsEnded: number;
  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded;
  }
}

export const LogoutResult = createUnionType({
  name: 'LogoutResult',
  description: 'Possible outcomes of ending sessions. InvalidInput: only from endUserSession and endUserSessions.',
  types: () => [LoggedOut, NotFound, InvalidInput] as const,
});
