import {
  ConsoleDeleteUserDocument,
  ConsoleEndUserSessionsDocument,
  ConsoleImpersonateDocument,
  ConsoleResetSecondFactorsDocument,
  ConsoleSendPasswordResetDocument,
} from '../../../generated/documents.ts';
import { call } from '../../../shared/latchkey.ts';
import type { ConsoleUser } from './page.tsx';
import { updateUser } from './update.ts';
import type { OperationName } from './words/en.ts';

/** Operations that need a reason for the audit log. */
export const NEEDS_REASON: readonly OperationName[] = ['resetFactors', 'impersonate'];

/** Runs an operation on the user. */
export async function runOperation(name: OperationName, { id, updatedAt }: ConsoleUser, reason: string) {
  const variables = { id, reason: reason || null };
  switch (name) {
    case 'deactivate':
    case 'activate':
      return updateUser({ ...variables, input: { isActive: name === 'activate' }, expectedUpdatedAt: updatedAt });
    case 'endSessions':
      return (await call(ConsoleEndUserSessionsDocument, variables)).endUserSessions;
    case 'sendReset':
      return (await call(ConsoleSendPasswordResetDocument, variables)).sendPasswordReset;
    case 'resetFactors':
      return (await call(ConsoleResetSecondFactorsDocument, { id, reason })).resetSecondFactors;
    case 'impersonate':
      return (await call(ConsoleImpersonateDocument, { id, reason })).impersonate;
    case 'delete':
      return (await call(ConsoleDeleteUserDocument, variables)).deleteUser;
  }
}
