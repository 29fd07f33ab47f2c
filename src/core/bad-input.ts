import { GraphQLError } from 'graphql';

/** An error to throw for arguments that no correct client sends, such as two cursors. Clients see BAD_USER_INPUT. */
export const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
