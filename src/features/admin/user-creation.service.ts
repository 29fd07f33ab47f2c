import type { Clock } from '../../core/clock.ts';
import { acceptInput } from '../../core/input.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import {
  type EmailTaken,
  type InvalidInput,
  isProblem,
  type PhoneTaken,
  type RateLimited,
} from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Metadata } from '../accounts/metadata.service.ts';
import { changedMetadata, NO_METADATA } from '../accounts/metadata.ts';
import { personalWords } from '../accounts/profile.ts';
import { asTaken } from '../accounts/taken.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import { CUSTOM_CLAIMS_MAX_BYTES, type CustomClaims } from '../sessions/custom-claims.service.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { AdminMessages } from './admin-message.service.ts';
import type { Administrators } from './administrators.service.ts';
import { insertManaged } from './managed-user.repo.ts';
import { explainLargeClaims, type NewUserInput, parseNewAccount } from './managed-user.ts';

/** Creates an account for an administrator. Without a password, its owner is invited to choose one. */
export type CreateUser = (
  input: NewUserInput,
  action: AdminAction,
) => Promise<User | InvalidInput | EmailTaken | PhoneTaken | RateLimited>;

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  metadata: Metadata;
  customClaims: Pick<CustomClaims, 'fit'>;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  phones: PhoneReader;
  invalidate: Invalidate;
  emailChallenges: EmailChallenges;
  administrators: Administrators;
  messages: AdminMessages;
}

export function createUserCreation(dependencies: Dependencies): CreateUser {
  const { db, transact, clock, audit, metadata, customClaims, passwords, hasher, policy, phones } = dependencies;
  const { invalidate, emailChallenges, administrators, messages } = dependencies;

  function parseAccount(input: NewUserInput) {
    const account = parseNewAccount(input, phones, clock.now());
    if (isProblem(account) || customClaims.fit(account.user, account.metadata.publicMetadata)) return account;
    return explainLargeClaims(account.wanted, CUSTOM_CLAIMS_MAX_BYTES) ?? account;
  }

  /** The row and the password, every field checked. */
  function parse(input: NewUserInput, action: AdminAction) {
    const words = [input.email?.slice(0, 254), ...personalWords(input)];
    return acceptInput({
      account: parseAccount(input),
      password: input.password ? policy.judge(input.password, { words, path: 'password' }) : undefined,
      reason: parseReason(action),
    });
  }

  async function create(input: NewUserInput, action: AdminAction) {
    const parsed = parse(input, action);
    if (isProblem(parsed)) return parsed;
    const { password, reason } = parsed;
    const { user, email, metadata: data } = parsed.account;
    const { viewer, client } = action;
    const event = { type: 'user-creation', actorId: viewer.userId, reason, client } as const;
    const isInvited = email && password === undefined;
    const permit = isInvited ? await emailChallenges.checkLimits(email, 'administration', client) : undefined;
    if (isProblem(permit)) {
      await audit.record(db, { ...event, outcome: 'limited' });
      return permit;
    }
    const hash = password === undefined ? undefined : await hasher.hash(password);
    try {
      const created = await transact(async (tx) => {
        await administrators.hold(tx, viewer, viewer.userId);
        const created = await insertManaged(tx, user);
        if (changedMetadata(NO_METADATA, data).length > 0) await metadata.save(tx, created.id, data);
        if (hash) await passwords.save(tx, created.id, hash);
        await invalidate(tx, 'account created', { user: created, client });
        const detail = { invited: Boolean(isInvited), ...(user.roles.length > 0 && { roles: user.roles.join() }) };
        await audit.record(tx, { ...event, outcome: 'succeeded', userId: created.id, detail });
        if (isInvited && permit) {
          const vouched = { phone: created.phone };
          await messages.passwordLink(tx, permit, 'invitation', { user: created, email, client, vouched });
        }
        return created;
      });
      return created;
    } catch (error) {
      const taken = asTaken(error);
      if (!taken) throw error;
      await audit.record(db, { ...event, outcome: 'taken' });
      return taken;
    }
  }

  return (input, action) =>
    input.password ? hasher.admit(action.client.ip, () => create(input, action)) : create(input, action);
}
