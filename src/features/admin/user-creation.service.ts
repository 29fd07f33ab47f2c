import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { EmailTaken, FieldProblem, InvalidInput, PhoneTaken } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import { violatedConstraint } from '../../infra/db/conflict.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { AdminMessages } from './admin-message.service.ts';
import type { Administrators } from './administrators.service.ts';
import { insertManaged } from './managed-user.repo.ts';
import { applied, canBeReached, type NewUserInput, parseWanted } from './managed-user.ts';

interface Dependencies {
  db: Db;
  clock: Clock;
  audit: Audit;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  challenges: Challenges;
  emailChallenges: EmailChallenges;
  administrators: Administrators;
  messages: AdminMessages;
}

export type CreateUser = ReturnType<typeof createUserCreation>;

/** An account that an administrator makes. Without a password its owner is invited to choose one. */
export function createUserCreation(dependencies: Dependencies) {
  const { db, clock, audit, passwords, hasher, policy } = dependencies;
  const { challenges, emailChallenges, administrators, messages } = dependencies;

  /** The row to be and the password, or everything that is wrong. */
  function parse(input: NewUserInput, action: AdminAction) {
    const now = clock.now();
    const wanted = parseWanted(input);
    const { email, firstName, lastName, companyName } = input;
    const words = [email, firstName, lastName, companyName].map((word) => word?.slice(0, 254));
    const judged = input.password ? policy.judge(input.password, { words, path: 'password' }) : undefined;
    const reason = parseReason(action);
    const user = Array.isArray(wanted) ? undefined : applied(blank(now), wanted, now);
    const problems = [
      ...(Array.isArray(wanted) ? wanted : []),
      ...(user && !canBeReached(user) ? [new FieldProblem('email', 'REQUIRED', 'email-required')] : []),
      ...(judged && 'problem' in judged ? [judged.problem] : []),
      ...(reason instanceof FieldProblem ? [reason] : []),
    ];
    if (!user || (judged && 'problem' in judged) || reason instanceof FieldProblem || problems.length > 0)
      return new InvalidInput(problems);
    return { user, email: Array.isArray(wanted) ? null : wanted.email, password: judged?.password, reason };
  }

  async function create(input: NewUserInput, action: AdminAction) {
    const parsed = parse(input, action);
    if (parsed instanceof InvalidInput) return parsed;
    const { user, email, password, reason } = parsed;
    const { viewer, client } = action;
    const event = { type: 'user-creation', actorId: viewer.userId, reason, client } as const;
    const isInvited = email && password === undefined;
    const limited = isInvited && (await emailChallenges.maySend(email, client));
    if (limited) {
      await audit.record(db, { ...event, outcome: 'limited' });
      return limited;
    }
    const hash = password === undefined ? undefined : await hasher.hash(password);
    try {
      const created = await db.transaction(async (tx) => {
        await administrators.hold(tx, viewer, viewer.userId);
        const created = await insertManaged(tx, user);
        if (hash) await passwords.save(tx, created.id, hash);
        // Whoever was signing up with the address finds it taken.
        if (email) await challenges.withdraw(tx, { subject: email }, 'SIGN_UP');
        const detail = { invited: Boolean(isInvited), ...(user.roles.length > 0 && { roles: user.roles.join() }) };
        await audit.record(tx, { ...event, outcome: 'succeeded', userId: created.id, detail });
        if (isInvited) {
          const vouched = { phone: created.phone };
          await messages.passwordLink(tx, 'invitation', created, email, client, vouched);
        }
        return created;
      });
      messages.wake();
      return created;
    } catch (error) {
      const taken = takenBy(error);
      if (!taken) throw error;
      await audit.record(db, { ...event, outcome: 'taken' });
      return taken;
    }
  }

  return async (input: NewUserInput, action: AdminAction) => {
    if (!input.password) return create(input, action);
    return hasher.admit(() => create(input, action));
  };
}

/** Which unique index has refused; undefined: the error is something else. */
export function takenBy(error: unknown): EmailTaken | PhoneTaken | undefined {
  const constraint = violatedConstraint(error);
  if (constraint === 'users_email_key') return new EmailTaken();
  return constraint === 'users_proved_phone_key' ? new PhoneTaken() : undefined;
}

const blank = (now: Date): User => ({
  id: newId(now),
  email: null,
  emailVerifiedAt: null,
  phone: null,
  phoneVerifiedAt: null,
  firstName: null,
  lastName: null,
  companyName: null,
  locale: null,
  roles: [],
  isActive: true,
  lastLoginAt: null,
  createdAt: now,
  updatedAt: now,
});
