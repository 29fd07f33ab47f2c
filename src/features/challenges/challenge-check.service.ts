import type { Clock } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { ChallengeFailed, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { equal, isRandomToken } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import type { CallerLimits } from '../credentials/hash-queue.ts';
import type { SettleCode } from '../outbox/code-settlement.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { CODE_USES, guessKey } from '../rate-limits/message-charges.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Answer, Guess } from './answer.ts';
import { challengeById, challengeByToken, countAttempt } from './challenge.repo.ts';
import { attemptsLeft, type ChallengeRow, isDecoy } from './challenge.ts';
import type { ChallengeDigests } from './challenge-digests.ts';

export interface Expected {
  purposes: readonly ChallengePurpose[];
  client: Client;
  /** The user who must have requested the challenge. Codes from other callers are refused and not counted. */
  askedBy?: string | undefined;
}

/**
 * Finds the unused challenge that an answer belongs to. Wrong codes and wrong tokens are also counted per network: tokens
 * have 256 bits and cannot be guessed, but each look-up costs a query.
 */
export interface ChallengeCheck {
  /** Counts the answer for its network, then checks it. */
  check(answer: Answer, expected: Expected): Promise<ChallengeRow | ChallengeFailed | RateLimited>;
  /** The two steps of `check`, for callers that join the hash queue in between. */
  networkLimits(answer: Answer, client: Client): CallerLimits<Charge[]>;
  /** @param charges of the network, refunded if the answer is right */
  checkCounted(answer: Answer, expected: Expected, charges: Charge[]): Promise<ChallengeRow | ChallengeFailed>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  digests: ChallengeDigests;
  limiter: RateLimiter;
  limits: Limits;
  settleCode: SettleCode;
}

export function createChallengeCheck({
  db,
  clock,
  digests,
  limiter,
  limits,
  settleCode,
}: Dependencies): ChallengeCheck {
  /** Says why a challenge accepts no answer. */
  function refuse(challenge: ChallengeRow | undefined, purposes: readonly ChallengePurpose[], end: Date | undefined) {
    if (!challenge || !purposes.includes(challenge.purpose)) return new ChallengeFailed('UNKNOWN');
    if (challenge.usedAt) return new ChallengeFailed('ALREADY_USED');
    if (end && end <= clock.now()) return new ChallengeFailed('EXPIRED');
    return new ChallengeFailed('TOO_MANY_ATTEMPTS');
  }

  async function isRight(guess: Guess, challenge: ChallengeRow): Promise<boolean> {
    if ('isRight' in guess) return guess.isRight(challenge);
    const expected = challenge.codeDigest;
    return expected !== null && digests.ofCode(challenge.id, guess.code).some((digest) => equal(digest, expected));
  }

  /** Counts the guess for the challenge and its subject before comparing. A wrong guess always stays counted. */
  async function checkGuess(guess: Guess, { purposes, askedBy, client }: Expected) {
    const { challengeId: id } = guess;
    const challenge = isId(id) ? await countAttempt(db, id, purposes, askedBy, clock.now()) : undefined;
    if (!challenge) {
      const row = isId(id) ? await challengeById(db, id) : undefined;
      if (askedBy !== undefined && row?.payload.askedBy !== askedBy) return new ChallengeFailed('UNKNOWN');
      return refuse(row, purposes, row?.codeExpiresAt);
    }

    const { channel, purpose, subject } = challenge;
    // Withdrawn. For codes in messages it must look like any other.
    if (channel === 'CLIENT' && isDecoy(challenge)) return new ChallengeFailed('UNKNOWN');
    const key = guessKey(channel, CODE_USES[purpose], subject);
    const attempt = await limiter.attempt({ limit: limits.guessBySubject, key, subject, client });
    if (isProblem(attempt)) return new ChallengeFailed('TOO_MANY_ATTEMPTS');

    if (!(await isRight(guess, challenge))) {
      const remaining = attemptsLeft(challenge);
      if (channel === 'SMS' && remaining <= 0) settleCode(id, 'canceled');
      return new ChallengeFailed('WRONG_CODE', Math.min(attempt.remaining, remaining));
    }

    await limiter.refund(attempt.charge);
    return challenge;
  }

  async function checkToken(token: string, { purposes }: Expected) {
    const challenge = isRandomToken(token) ? await challengeByToken(db, digests.ofToken(token)) : undefined;
    const isPending = challenge && !challenge.usedAt && challenge.expiresAt > clock.now();
    return isPending && purposes.includes(challenge.purpose)
      ? challenge
      : refuse(challenge, purposes, challenge?.expiresAt);
  }

  function networkLimits(answer: Answer, { ip }: Client): CallerLimits<Charge[]> {
    const charges = networkCharges('token' in answer ? limits.anonymousByNetwork : limits.guessByNetwork, ip);
    return {
      count: async () => (await limiter.consume(...charges)) ?? charges,
      refund: () => limiter.refund(...charges),
    };
  }

  async function checkCounted(answer: Answer, expected: Expected, charges: Charge[]) {
    const challenge = 'token' in answer ? await checkToken(answer.token, expected) : await checkGuess(answer, expected);
    if (!isProblem(challenge)) await limiter.refund(...charges);
    return challenge;
  }

  return {
    async check(answer, expected) {
      const charges = await networkLimits(answer, expected.client).count();
      return isProblem(charges) ? charges : checkCounted(answer, expected, charges);
    },
    networkLimits,
    checkCounted,
  };
}
