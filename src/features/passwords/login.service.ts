import { Unavailable } from '../../core/errors.ts';
import type { Email, Phone } from '../../core/identifiers.ts';
import { acceptInput } from '../../core/input.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import {
  type AccountDisabled,
  FieldProblem,
  InvalidCredentials,
  type InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { DEVICE_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { canonicalPassword, PASSWORD_MAX_LENGTH } from '../credentials/password-policy.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';

export interface LoginAttempt {
  identifier: string;
  password: string;
  device?: string | null | undefined;
}

/**
 * Sign-in by password, with the address or the verified number of the account. An unknown one, a wrong password, and a
 * wrong password for a deactivated or unverified account all cost the same work and get the same response.
 */
export type Login = (
  attempt: LoginAttempt,
  client: Client,
) => Promise<
  Authenticated | Challenge | InvalidCredentials | AccountDisabled | InvalidInput | RateLimited | SecondFactorRequired
>;

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  limiter: RateLimiter;
  limits: Limits;
  signIn: SignIn;
  phones: PhoneReader;
}

interface Parsed {
  name: { email: Email } | { phone: Phone };
  /** The address or the number. */
  subject: Email | Phone;
  password: string;
  device: string | null;
}

/** At an account that changes between the password check and the sign-in, for example while its address is verified. */
const MAX_ATTEMPTS = 5;

export function createLogin(dependencies: Dependencies): Login {
  const { db, audit, accounts, passwords, hasher, limiter, limits, signIn, phones } = dependencies;

  const find = (name: Parsed['name']) =>
    'email' in name ? accounts.credentialByEmail(db, name.email) : accounts.credentialByVerifiedPhone(db, name.phone);

  /** Counts a failure until the password turns out to be right. An attempt at a locked account counts for its network. */
  async function count({ subject }: Parsed, client: Client): Promise<Charge[] | RateLimited> {
    const byNetwork = networkCharges(limits.loginByNetwork, client.ip);
    const byAccount = { limit: limits.loginByAccount, key: subject, subject, client };
    const counted = (await limiter.consume(...byNetwork)) ?? (await limiter.attempt(byAccount));
    if (!isProblem(counted)) return [...byNetwork, counted.charge];
    await audit.record(db, { type: 'sign-in', outcome: 'limited', method: 'password', client });
    return counted;
  }

  /** Undefined if the account changed meanwhile. */
  async function logIn({ name, subject, password, device }: Parsed, client: Client) {
    const credential = await find(name);
    const right = await hasher.verify(credential?.hash, password, subject);
    if (!right || !credential?.hash) {
      const userId = credential?.user.id;
      await audit.record(db, { type: 'sign-in', outcome: 'wrong-credentials', userId, method: 'password', client });
      return new InvalidCredentials();
    }
    // Afterwards: only a caller who knows the password may learn of this limit or use it up.
    const tooMany = await limiter.consume({ limit: limits.signInsByAccount, key: credential.user.id });
    if (tooMany) {
      const event = { type: 'sign-in', outcome: 'limited', userId: credential.user.id, method: 'password' } as const;
      await audit.record(db, { ...event, client });
      return tooMany;
    }

    const [result] = await Promise.all([
      signIn.admit({ user: credential.user, method: 'password', client, device }),
      passwords.upgrade(db, credential.user.id, credential.hash, password),
    ]);
    return result;
  }

  async function logInUnlessChanging(parsed: Parsed, client: Client) {
    for (let time = 0; time < MAX_ATTEMPTS; time++) {
      const result = await logIn(parsed, client);
      if (result) return result;
    }
    throw new Unavailable('database', { cause: new Error('the account keeps changing') });
  }

  return async (attempt, client) => {
    const parsed = parse(attempt, phones);
    if (isProblem(parsed)) return parsed;
    const attemptLimits = {
      count: () => count(parsed, client),
      refund: (charges: Charge[]) => limiter.refund(...charges),
    };
    return hasher.admitWithin(client.ip, attemptLimits, async () => {
      const result = await logInUnlessChanging(parsed, client);
      if (result instanceof InvalidCredentials) return result;
      // Once, like the charge: refunds in each round would give an attacker guesses at other accounts.
      await Promise.all([
        limiter.clearAttempts(limits.loginByAccount, parsed.subject),
        limiter.refund(...networkCharges(limits.loginByNetwork, client.ip)),
      ]);
      return result;
    });
  };
}

function parse({ identifier, password, device }: LoginAttempt, phones: PhoneReader): Parsed | InvalidInput {
  const isTooLong = password.length > 4 * PASSWORD_MAX_LENGTH;
  const accepted = acceptInput({
    name: phones.readIdentifier('identifier', identifier),
    password: isTooLong
      ? new FieldProblem('password', 'TOO_LONG', 'password-too-long', PASSWORD_MAX_LENGTH)
      : // An ill-formed password matches no account; it still costs a hash, like any wrong one.
        (canonicalPassword(password) ?? ''),
    device: tidyText('device', device, DEVICE_MAX_LENGTH),
  });
  if (isProblem(accepted)) return accepted;
  const { name } = accepted;
  return { ...accepted, subject: 'email' in name ? name.email : name.phone };
}
