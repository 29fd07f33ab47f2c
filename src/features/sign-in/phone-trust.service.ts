import { after, type Clock } from '../../core/clock.ts';
import { type Email, parseEmail } from '../../core/identifiers.ts';
import { isProblem, PasswordRequired, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Permit } from '../outbox/permit.ts';
import type { Sessions } from '../sessions/session.service.ts';

/** What an account requires in addition to a code by text message: step-up authentication. */
export type StepUp = { by: 'none' } | RequiredStepUp;
export type RequiredStepUp = { by: 'password' } | { by: 'email'; email: Email; permit: Permit };

/**
 * Carriers reassign idle numbers, and the next owner then receives our codes. For an account with a password that has
 * not been used for a long time, the number alone is not sufficient.
 */
export interface PhoneTrust {
  /** What the account requires. Counts an email that it requires; RateLimited if too many were sent. */
  assess(user: User, client: Client): Promise<StepUp | RateLimited>;
  /** Sends the email or requires the password, and records that. @param tx the transaction that consumed the code */
  requireStepUp(
    tx: Db,
    user: User,
    stepUp: RequiredStepUp,
    flow: Flow,
    client: Client,
  ): Promise<Challenge | PasswordRequired>;
}

type Flow = keyof typeof FLOWS;

/** The purpose of the email challenge that continues each flow. */
const FLOWS = { 'sign-in': 'LOGIN_EMAIL', 'password-reset': 'RESET_PASSWORD' } as const;

const NONE: StepUp = { by: 'none' };

interface Dependencies {
  db: Db;
  clock: Clock;
  audit: Audit;
  passwords: Passwords;
  sessions: Sessions;
  emailChallenges: EmailChallenges;
  /** Milliseconds; 0 turns the rule off. */
  recycledAfter: number;
}

export function createPhoneTrust(dependencies: Dependencies): PhoneTrust {
  const { db, clock, audit, passwords, sessions, emailChallenges, recycledAfter } = dependencies;

  async function isLongUnused(user: User): Promise<boolean> {
    const used = [user.createdAt, user.lastLoginAt, user.phoneVerifiedAt, await sessions.lastUse(user.id)];
    const longAgo = after(clock.now(), -recycledAfter);
    return used.every((moment) => moment === null || moment <= longAgo);
  }

  return {
    async assess(user, client) {
      if (recycledAfter === 0 || !user.isActive || !(await passwords.has(db, user.id))) return NONE;
      if (!(await isLongUnused(user))) return NONE;
      const email = user.emailVerifiedAt === null ? undefined : parseEmail(user.email ?? '');
      if (!email) return { by: 'password' };
      const permit = await emailChallenges.checkLimits(email, 'sign-in', client);
      return isProblem(permit) ? permit : { by: 'email', email, permit };
    },

    async requireStepUp(tx, user, stepUp, flow, client) {
      await audit.record(tx, { type: flow, outcome: 'long-unused', userId: user.id, method: 'sms-code', client });
      if (stepUp.by === 'password') return new PasswordRequired();
      const { email, permit } = stepUp;
      const request = { purpose: FLOWS[flow], email, userId: user.id, permit, client } as const;
      return emailChallenges.send(tx, { ...request, locale: messageLocale(user, client.locale) });
    },
  };
}
