import { GraphQLError } from 'graphql';

/** Arguments that no correct client sends, such as two cursors at once. Thrown, and shown as BAD_USER_INPUT. */
export const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
