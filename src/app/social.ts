import { createAuthorize } from '../features/social/authorization.service.ts';
import { createAuthorizationFlows } from '../features/social/authorization-flow.service.ts';
import { createIdentityLink } from '../features/social/identity-link.service.ts';
import { createIdentityUnlink } from '../features/social/identity-unlink.service.ts';
import { createProfileSignIn } from '../features/social/profile-sign-in.service.ts';
import { createSocial } from '../features/social/social.service.ts';
import { createSocialAttempts } from '../features/social/social-attempt.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** Sign-in through social providers. */
export function createSocialServices(
  { config, db, log, keyring, transact, audit, limits, limiter }: Foundation,
  { accounts, identities, providers }: AccountServices,
  { challenges, redeem }: ChallengeServices,
  { sessions, invalidate }: SessionServices,
  { notices, signIn, verifyAddress, ownerConfirmation }: SignInServices,
) {
  const { signUp } = config;
  const authorizationFlows = createAuthorizationFlows({ db, keyring, challenges, redeem });
  return {
    authorize: createAuthorize({
      log,
      accounts,
      ownerConfirmation,
      limiter,
      limits,
      providers,
      redirectUris: config.social.redirectUris,
      authorizationFlows,
    }),
    unlinkIdentity: createIdentityUnlink({ transact, accounts, identities, notices }),
    social: createSocial({
      attempts: createSocialAttempts({ db, audit, log, limiter, limits }),
      providers,
      authorizationFlows,
      signInByProfile: createProfileSignIn({
        transact,
        audit,
        accounts,
        identities,
        invalidate,
        notices,
        signIn,
        verifyAddress,
        signUp,
      }),
      linkIdentity: createIdentityLink({ transact, audit, identities, sessions, notices }),
    }),
  };
}
