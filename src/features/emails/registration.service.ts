import { randomUUID } from 'node:crypto';
import type { Config } from '../../config.ts';
import { parseLocale } from '../../core/locale.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import { EmailTaken, FieldProblem, InvalidInput, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import { AFTER_PASSWORD } from '../challenges/challenge.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Permit } from '../outbox/permit.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import type { PendingSignUp } from './pending-sign-up.ts';
import { requestSignUp } from './registration.repo.ts';
import { parseSignUp, type SignUp, type SignUpInput } from './sign-up.ts';

/** Sign-up by email and password, under each of the three policies of EMAIL_VERIFICATION. */
export type Registration = (
  input: SignUpInput,
  client: Client,
) => Promise<Authenticated | Challenge | EmailTaken | InvalidInput | RateLimited>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  phones: PhoneReader;
  emailChallenges: EmailChallenges;
  signIn: SignIn;
  limiter: RateLimiter;
  limits: Limits;
  config: Pick<Config, 'signUp' | 'emailVerification'>;
}

export function createRegistration(dependencies: Dependencies): Registration {
  const { db, transact, audit, accounts, passwords, hasher, policy, phones } = dependencies;
  const { emailChallenges, signIn, limiter, limits, config } = dependencies;

  /**
   * Creates no account yet: the challenge holds it, so an unverified sign-up does not reserve the address. If the
   * address has an account, the response and the work are the same, and only its owner learns of it, by email.
   */
  async function askForVerification(signUp: SignUp, passwordHash: string, permit: Permit, client: Client) {
    const { email, phone, profile } = signUp;
    const pending: PendingSignUp = { attempt: randomUUID(), passwordHash, profile, phone };
    const asked = { purpose: 'SIGN_UP', email, payload: pending, permit, client } as const;
    const owner = await accounts.byEmail(db, email);
    const locale = parseLocale(owner ? owner.locale : profile.locale) ?? client.locale;
    const request = owner
      ? await emailChallenges.draftDecoy({ ...asked, locale, payload: {} }, 'already-registered')
      : await emailChallenges.draft({ ...asked, locale });
    const event = { type: 'sign-up', outcome: 'requested', method: 'password', client } as const;
    await requestSignUp(db, request, audit.draft(event));
    audit.report(db, event);
    emailChallenges.wakeAfterCommit(db);
    return request.view;
  }

  /** Creates the account with an unverified address. Under the policy `login`, later sign-ins need the verification. */
  async function createNow(signUp: SignUp, passwordHash: string, permit: Permit, client: Client) {
    const { email, phone, profile, device } = signUp;
    return transact(async (tx) => {
      const user = await accounts.create(tx, { ...profile, email, phone, emailVerified: false });
      if (!user) {
        await audit.record(tx, { type: 'sign-up', outcome: 'taken', method: 'password', client });
        return new EmailTaken();
      }
      await passwords.save(tx, user.id, passwordHash);
      await audit.record(tx, { type: 'sign-up', outcome: 'completed', userId: user.id, method: 'password', client });
      if (config.emailVerification.policy === 'login') await sendVerification(tx, user, signUp, permit, client);
      return signIn.admitNewUser(tx, { user, method: 'password', client, device });
    });
  }

  function sendVerification(tx: Db, user: User, { email, profile }: SignUp, permit: Permit, client: Client) {
    const locale = parseLocale(profile.locale) ?? client.locale;
    const request = { purpose: 'VERIFY_EMAIL', email, userId: user.id, payload: AFTER_PASSWORD, permit } as const;
    return emailChallenges.send(tx, { ...request, client, locale });
  }

  async function refuse(refusal: RateLimited, client: Client): Promise<RateLimited> {
    await audit.record(db, { type: 'sign-up', outcome: 'limited', method: 'password', client });
    return refusal;
  }

  async function register(signUp: SignUp, permit: Permit, client: Client) {
    const passwordHash = await hasher.hash(signUp.password);
    return config.emailVerification.policy === 'signup'
      ? askForVerification(signUp, passwordHash, permit, client)
      : createNow(signUp, passwordHash, permit, client);
  }

  return async (input, client) => {
    if (config.signUp === 'closed')
      return new InvalidInput([new FieldProblem('email', 'NOT_ALLOWED', 'sign-up-closed')]);
    // Before the password is judged, which takes milliseconds.
    const tooMany = await limiter.consume(...networkCharges(limits.anonymousByNetwork, client.ip));
    if (tooMany) return refuse(tooMany, client);
    const signUp = parseSignUp(input, policy, phones);
    if (isProblem(signUp)) return signUp;
    const { email } = signUp;
    const messageLimits = {
      async count() {
        const permit = await emailChallenges.checkLimits(email, 'sign-up', client);
        return isProblem(permit) ? refuse(permit, client) : permit;
      },
      refund: () => emailChallenges.refund(email, 'sign-up', client),
    };
    return hasher.admitWithin(client.ip, messageLimits, (permit) => register(signUp, permit, client));
  };
}
