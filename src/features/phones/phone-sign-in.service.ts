import type { Config } from '../../config.ts';
import type { Phone } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import {
  type AccountDisabled,
  ChallengeFailed,
  isProblem,
  type PasswordRequired,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { PhoneTrust } from '../sign-in/phone-trust.service.ts';
import type { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import type { PendingLogin } from './pending-phone.ts';
import { type Confirmation, refusedConfirmation } from './phone-confirmation.ts';

/** Signs in the account of the number, or creates it. Asks for more if the account has been unused for too long. */
export type SignInByPhone = (
  confirmation: Confirmation,
  client: Client,
) => Promise<
  Authenticated | Challenge | ChallengeFailed | PasswordRequired | AccountDisabled | RateLimited | SecondFactorRequired
>;

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  redeem: Redeem;
  signIn: SignIn;
  phoneTrust: PhoneTrust;
  signUp: Config['signUp'];
}

const METHOD = 'sms-code';

export function createPhoneSignIn(dependencies: Dependencies): SignInByPhone {
  const { db, audit, accounts, passwords, hasher, redeem, signIn, phoneTrust, signUp } = dependencies;

  /** Slow work, before the transaction. */
  async function prepare({ subject }: ChallengeRow, { password }: Confirmation, client: Client) {
    const phone = parsePhone(subject);
    if (!phone) return new ChallengeFailed('UNKNOWN'); // the numbering plan has changed since the request
    const owner = await accounts.byVerifiedPhone(db, phone);
    if (!owner) return { phone, owner, hash: password === undefined ? undefined : await hasher.hash(password) };
    const stepUp = await phoneTrust.assess(owner, client);
    return isProblem(stepUp) ? stepUp : { phone, owner, stepUp };
  }

  /** Locks the owner; undefined if the number was removed from the account in the meantime. */
  async function lockOwner(tx: Tx, id: string, phone: Phone): Promise<User | undefined> {
    const user = await accounts.lock(tx, id);
    return user && verifiedPhone(user) === phone ? user : undefined;
  }

  /** Creates the account of the number. If two callers do so at once, one creates it and both sign in. */
  async function createAccount(
    tx: Tx,
    phone: Phone,
    account: { profile: Confirmation['profile']; locale: string | null; hash: string | undefined },
    client: Client,
  ): Promise<{ user: User; isNewUser: boolean } | undefined> {
    if (signUp === 'closed') return undefined;
    const { profile, locale, hash } = account;
    const created = await accounts.create(tx, { ...profile, locale, phone, phoneVerified: true });
    if (!created) {
      const user = await accounts.byVerifiedPhone(tx, phone);
      return user && { user, isNewUser: false };
    }
    if (hash !== undefined) await passwords.save(tx, created.id, hash);
    await audit.record(tx, { type: 'sign-up', outcome: 'completed', userId: created.id, method: METHOD, client });
    return { user: created, isNewUser: true };
  }

  return (confirmation, client) =>
    redeem(confirmation.answer, {
      purposes: ['LOGIN_PHONE'],
      client,
      hasher: confirmation.password === undefined ? undefined : hasher,
      prepare: (challenge) => prepare(challenge, confirmation, client),
      async apply(tx, { payload }, { ready: { phone, owner, stepUp, hash } }) {
        const user = owner && (await lockOwner(tx, owner.id, phone));
        if (owner && !user) return new ChallengeFailed('UNKNOWN');
        if (user && stepUp && stepUp.by !== 'none')
          return phoneTrust.requireStepUp(tx, user, stepUp, 'sign-in', client);
        const { locale } = payload as PendingLogin; // Written only by the request for the code.
        const account = user
          ? { user, isNewUser: false }
          : await createAccount(tx, phone, { profile: confirmation.profile, locale, hash }, client);
        if (!account) return new ChallengeFailed('UNKNOWN');
        const event = { type: 'phone-verification', outcome: 'succeeded', method: METHOD, client } as const;
        await audit.record(tx, { ...event, userId: account.user.id });
        return signIn.admitVerified(tx, { ...account, method: METHOD, client, device: confirmation.device });
      },
      refused: (refusal) => refusedConfirmation(refusal, client),
    });
}
