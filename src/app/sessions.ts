import { createInvalidation } from '../features/invalidation/invalidation.service.ts';
import { createKeys } from '../features/keys/keys.service.ts';
import { createAccessTokens } from '../features/sessions/access-token.ts';
import { createCustomClaims } from '../features/sessions/custom-claims.service.ts';
import { createEndEveryonesSessions } from '../features/sessions/everyone.service.ts';
import { createImpersonationOpening } from '../features/sessions/impersonation-opening.service.ts';
import { createRefresh } from '../features/sessions/refresh.service.ts';
import { createRefreshTokens } from '../features/sessions/refresh-token.ts';
import { createRepeat } from '../features/sessions/repetition.service.ts';
import { createRevocationCopy } from '../features/sessions/revocation-copy.ts';
import { createRevocationFeed } from '../features/sessions/revocation-feed.service.ts';
import { createRevocationList } from '../features/sessions/revocation-list.ts';
import { createRotation } from '../features/sessions/rotation.service.ts';
import { createSeenTokens } from '../features/sessions/seen-tokens.service.ts';
import { createSessions } from '../features/sessions/session.service.ts';
import { createSessionEnding } from '../features/sessions/session-ending.service.ts';
import { createSessionTokens } from '../features/sessions/session-tokens.service.ts';
import { createTokenCheck } from '../features/sessions/token-check.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { Infrastructure } from './infrastructure.ts';

export type SessionServices = ReturnType<typeof createSessionServices>;

/** Sessions, their tokens, and the keys that sign them. */
export function createSessionServices(
  foundation: Foundation,
  { accounts, metadata, passwords, identities, factors }: AccountServices,
  { challenges }: ChallengeServices,
  { store }: Infrastructure,
) {
  const { config, log, db, clock, keyring, transact, audit, limits, limiter, observers } = foundation;
  const { tokens } = config;
  const { algorithm, longestTtl, keyRotation, keyPublishLead } = tokens;
  const { revocations } = store;
  const keys = createKeys({
    db,
    clock,
    keyring,
    tokens: { algorithm, accessTtl: longestTtl, keyRotation, keyPublishLead },
    log,
    onPublished: (tx, { kid, alg }, cause) =>
      audit.record(tx, { type: 'key-rotation', outcome: 'published', detail: { kid, alg, cause } }),
  });
  const revocationList = createRevocationList({ copy: createRevocationCopy({ db, clock }), clock });
  revocations.listen(revocationList.refresh);
  const customClaims = createCustomClaims({ template: tokens.claims, metadata, log });
  const accessTokens = createAccessTokens({ keys, clock, tokens, customClaims });
  const refreshTokens = createRefreshTokens({ keyring, clock, issuer: tokens.issuer });
  const sessionTokens = createSessionTokens({
    db,
    clock,
    accounts,
    revocations,
    refreshTokens,
    accessTokens,
    seenTokens: createSeenTokens({ db, clock, log }),
  });
  const sessionEnding = createSessionEnding({
    transact,
    clock,
    audit,
    revocations,
    refreshTokens,
    longestTtl,
    limit: config.sessions.perAccount,
  });
  return {
    keys,
    customClaims,
    sessions: createSessions({ db, clock, accounts, lifetimes: config.sessions }),
    sessionTokens,
    openImpersonation: createImpersonationOpening({ clock }),
    checkToken: createTokenCheck({ limiter, limits, refreshTokens, sessionTokens }),
    sessionEnding,
    endEveryonesSessions: createEndEveryonesSessions({ db, clock, transact, audit, sessionEnding }),
    refresh: createRefresh({
      limiter,
      limits,
      rotate: createRotation({ db, clock, idleTtl: config.sessions.idleTtl }),
      repeat: createRepeat({ db, clock, grace: config.sessions.refreshGrace }),
      sessionEnding,
      refreshTokens,
      sessionTokens,
      onResult: observers.onRefresh,
    }),
    revocationFeed: createRevocationFeed({ list: revocationList, keys, clock, issuer: tokens.issuer }),
    invalidate: createInvalidation({ accounts, passwords, identities, factors, challenges, sessionEnding }),
  };
}
