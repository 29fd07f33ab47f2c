import type { Log } from '../../core/log.ts';
import type { RateLimited } from '../../core/problems.ts';
import { createRepeatedLine } from '../../core/repeated-line.ts';
import type { Client } from '../../core/request.ts';
import { IdentityConflict, SocialProviderUnavailable, SocialRejected } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Failure, SocialProfile } from './provider.ts';

export interface SocialAttempt {
  provider: string;
  /** Set once the state is known. */
  isLink: boolean;
  client: Client;
}

/** Attempts to complete a social sign-in: their limit, their audit events and their failures. */
export interface SocialAttempts {
  /** Counts refused attempts of a network: a refusal reveals something about states, tokens and accounts. */
  limit<Outcome extends object>(
    attempt: SocialAttempt,
    perform: () => Promise<Outcome>,
  ): Promise<Outcome | RateLimited>;
  /** Counts a sign-in with an identity: a token can be presented repeatedly. */
  countSignIn(
    attempt: SocialAttempt,
    identity: Pick<SocialProfile, 'issuer' | 'subject'>,
  ): Promise<RateLimited | undefined>;
  refuse(attempt: SocialAttempt, rejected: SocialRejected): Promise<SocialRejected>;
  /** The problem that the caller sees. The detail goes only to the log. */
  explain(attempt: SocialAttempt, failure: Failure): Promise<SocialRejected | SocialProviderUnavailable>;
}

interface Dependencies {
  db: Db;
  audit: Audit;
  log: Log;
  limiter: RateLimiter;
  limits: Limits;
}

export function createSocialAttempts({ db, audit, log, limiter, limits }: Dependencies): SocialAttempts {
  const record = (
    { provider, isLink, client }: SocialAttempt,
    outcome: 'refused' | 'unavailable' | 'limited',
    reason = '',
  ) =>
    audit.record(db, {
      type: isLink ? 'identity' : 'sign-in',
      outcome,
      method: 'social',
      client,
      detail: { provider, ...(reason && { reason }) },
    });

  const logRefused = createRepeatedLine((fields) => log.info(fields, 'a social sign-in was refused'));
  const logBroken = createRepeatedLine((fields) => log.warn(fields, 'a social provider does not work'));

  async function refuse(attempt: SocialAttempt, rejected: SocialRejected): Promise<SocialRejected> {
    await record(attempt, 'refused', rejected.reason);
    return rejected;
  }

  return {
    refuse,

    async limit(attempt, perform) {
      const charges = networkCharges(limits.socialByNetwork, attempt.client.ip);
      const limited: RateLimited | undefined = await limiter.consume(...charges);
      if (limited) {
        await record(attempt, 'limited');
        return limited;
      }
      const outcome = await perform();
      const isRefused = outcome instanceof SocialRejected || outcome instanceof IdentityConflict;
      if (!isRefused) await limiter.refund(...charges);
      return outcome;
    },

    async countSignIn(attempt, { issuer, subject }) {
      const key = JSON.stringify([issuer, subject]);
      const limited = await limiter.consume({ limit: limits.signInsByAccount, key });
      if (limited) await record(attempt, 'limited');
      return limited;
    },

    async explain(attempt, { reason, detail }) {
      const fields = { provider: attempt.provider, reason, detail };
      const kind = JSON.stringify(fields);
      if (reason !== 'UNAVAILABLE') {
        logRefused(kind, fields);
        return refuse(attempt, new SocialRejected(reason));
      }
      logBroken(kind, fields);
      await record(attempt, 'unavailable');
      return new SocialProviderUnavailable();
    },
  };
}
