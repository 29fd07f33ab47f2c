import type { Config } from '../config.ts';
import { createAccounts } from '../features/accounts/account.service.ts';
import { createAuthority } from '../features/accounts/authority.service.ts';
import { createMetadata } from '../features/accounts/metadata.service.ts';
import { createProfileUpdate } from '../features/accounts/profile-update.service.ts';
import { createHashMix } from '../features/credentials/hash-mix.ts';
import { createPasswords } from '../features/credentials/password.service.ts';
import { createPasswordHasher } from '../features/credentials/password-hasher.ts';
import { createPasswordPolicy } from '../features/credentials/password-policy.ts';
import { createFactors } from '../features/factors/factor.service.ts';
import { createPasskeys } from '../features/factors/passkey.service.ts';
import { createRecoveryCodes } from '../features/factors/recovery-code.service.ts';
import { createTotpFactors } from '../features/factors/totp.service.ts';
import { createWebAuthn } from '../features/factors/webauthn.ts';
import { createIdentities } from '../features/identities/identity.service.ts';
import { createProvider } from '../features/social/providers/definition.ts';
import type { Foundation } from './foundation.ts';
import type { Infrastructure } from './infrastructure.ts';

export type AccountServices = ReturnType<typeof createAccountServices>;

/** Users, and what they sign in with. */
export function createAccountServices(foundation: Foundation, { openWeb, hashScheduler }: Infrastructure) {
  const { config, db, clock, keyring, transact, audit, log, observers } = foundation;
  const accounts = createAccounts({ db, clock });
  const hasher = createPasswordHasher({
    argon2: config.passwords.argon2,
    scheduler: hashScheduler,
    drawDecoy: createHashMix({ db, clock, keyring }),
    log,
    queueObserver: observers.hashQueue,
  });
  const providers = config.social.providers.map((provider) => createProvider(provider, { openWeb, clock }));
  return {
    accounts,
    metadata: createMetadata({ db, clock }),
    authority: createAuthority({ db, audit, accounts, secondFactor: config.administration.secondFactor }),
    updateProfile: createProfileUpdate({ transact, audit, accounts }),
    hasher,
    passwords: createPasswords({ clock, hasher }),
    policy: createPasswordPolicy(config.passwords, serviceWords(config)),
    providers,
    factors: createFactors({ passkeys: config.passkeys !== undefined }),
    passkeys: createPasskeys({ db, clock }),
    webAuthn: config.passkeys && createWebAuthn(config.passkeys),
    totp: createTotpFactors({ keyring, clock, log }),
    recoveryCodes: createRecoveryCodes({ keyring, clock }),
    identities: createIdentities({
      db,
      clock,
      audit,
      providers: providers.map(({ name }) => name),
      sendsTexts: sendsTexts(config),
      emailSignIn: config.emailSignIn.enabled,
      passkeys: config.passkeys !== undefined,
    }),
  };
}

/** The log gateway sends nothing: it is for development. */
export const sendsTexts = ({ sms, production }: Config): boolean => sms.gateway !== undefined || !production;

/** Words from the service itself that an attacker would try in passwords. */
const serviceWords = ({ http, product }: Config): string[] => [
  'latchkey',
  product.name,
  new URL(http.publicUrl).hostname,
];
