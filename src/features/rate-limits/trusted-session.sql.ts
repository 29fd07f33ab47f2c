import { isNull, notInArray, or } from 'drizzle-orm';
import { type SessionEnd, sessions } from '../../infra/db/tables.ts';

const BROKEN_TRUST = ['not-me', 'email-changed', 'reused'] as const satisfies readonly SessionEnd[];

/**
 * Whether a session's network and device count as the owner's, also after its end. Not if its end suggests that an
 * attacker was in the account: a session whose token was reused was last used by the thief or by the owner.
 */
export const isTrustedSession = or(isNull(sessions.endReason), notInArray(sessions.endReason, [...BROKEN_TRUST]));
