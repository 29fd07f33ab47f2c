import {
  ConsoleUpdateUserDocument,
  type ConsoleUpdateUserMutation,
  type ConsoleUpdateUserMutationVariables,
} from '../../../generated/documents.ts';
import { call } from '../../../shared/latchkey.ts';

/** Changes the user, if nothing has changed since `expectedUpdatedAt`. */
export const updateUser = async (
  variables: ConsoleUpdateUserMutationVariables,
): Promise<ConsoleUpdateUserMutation['updateUser']> => (await call(ConsoleUpdateUserDocument, variables)).updateUser;
