import type { Config } from '../../config.ts';
import { after, type Clock, DAY } from '../../core/clock.ts';
import { isId, newId } from '../../core/ids.ts';
import { ChallengeFailed, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { digest, equal, type Keyring, randomCode, randomToken } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import { type Limits, networkKey } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Answer } from './answer.ts';
import {
  challengeById,
  challengeByToken,
  consume,
  countAttempt,
  forgetPerson,
  insertChallenge,
  lockChallengesOf,
  openChallenges,
  pruneChallenges,
  withdraw,
} from './challenge.repo.ts';
import { type ChallengeRequest, type ChallengeRow, CODE_LENGTH, type NewChallenge, type Secrets } from './challenge.ts';

interface Dependencies {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  limiter: RateLimiter;
  limits: Limits;
  otp: Config['otp'];
}

/** How a challenge can be answered: by a code, by a link, or by either. */
export interface Means {
  code: boolean;
  /** Milliseconds that the link is good; undefined for no link. */
  link: number | undefined;
}

/** A challenge to be written, and what answers it. */
interface Draft {
  challenge: NewChallenge;
  secrets: Secrets;
}

export type Challenges = ReturnType<typeof createChallenges>;

/** Everything that needs a second step. Two verbs: issue (draft, then write), and redeem (check, then consume). */
export function createChallenges({ db, clock, keyring, limiter, limits, otp }: Dependencies) {
  const keys = keyring.derive('challenge-digest');
  const tokenDigest = (key: Buffer, token: string) => digest(key, 'link', token);
  const codeDigest = (key: Buffer, id: string, code: string) => digest(key, `code/${id}`, code);

  function draft(request: ChallengeRequest, means: Means, real: boolean): Draft {
    const now = clock.now();
    const id = newId(now);
    const secrets: Secrets = {
      code: means.code ? randomCode(CODE_LENGTH) : undefined,
      token: means.link === undefined ? undefined : randomToken(),
    };
    const challenge = {
      ...request,
      id,
      userId: request.userId ?? null,
      payload: { ...request.payload, ...(request.askedBy === undefined ? {} : { askedBy: request.askedBy }) },
      codeDigest: real && secrets.code ? codeDigest(keys[0], id, secrets.code) : null,
      tokenDigest: real && secrets.token ? tokenDigest(keys[0], secrets.token) : null,
      maxAttempts: otp.maxAttempts,
      codeExpiresAt: after(now, otp.ttl),
      expiresAt: after(now, Math.max(means.code ? otp.ttl : 0, means.link ?? 0)),
      createdAt: now,
    };
    return { challenge, secrets };
  }

  /** Why a challenge that takes no guesses takes none. */
  function refusal(challenge: ChallengeRow | undefined, purposes: readonly ChallengePurpose[], end: Date | undefined) {
    if (!challenge || !purposes.includes(challenge.purpose)) return new ChallengeFailed('UNKNOWN');
    if (challenge.usedAt) return new ChallengeFailed('ALREADY_USED');
    if (end && end <= clock.now()) return new ChallengeFailed('EXPIRED');
    return new ChallengeFailed('TOO_MANY_ATTEMPTS');
  }

  /** The guess is counted first, on the challenge and on the address, and stays counted whatever happens next. */
  async function checkCode(id: string, code: string, purposes: readonly ChallengePurpose[], askedBy?: string) {
    const challenge = isId(id) ? await countAttempt(db, id, purposes, askedBy, clock.now()) : undefined;
    if (!challenge) {
      const row = isId(id) ? await challengeById(db, id) : undefined;
      if (askedBy !== undefined && row?.payload.askedBy !== askedBy) return new ChallengeFailed('UNKNOWN');
      return refusal(row, purposes, row?.codeExpiresAt);
    }

    const charge = { limit: limits.guessBySubject, key: `${challenge.channel}:${challenge.subject}` };
    const left = await limiter.guess(charge);
    if (left < 0) return new ChallengeFailed('TOO_MANY_ATTEMPTS');

    const wanted = challenge.codeDigest;
    const right = wanted !== null && keys.some((key) => equal(codeDigest(key, id, code), wanted));
    if (!right) return new ChallengeFailed('WRONG_CODE', Math.min(left, challenge.maxAttempts - challenge.attempts));

    await limiter.refund(charge);
    return challenge;
  }

  /** 256 bits are not guessed, so nothing is counted. */
  async function checkToken(token: string, purposes: readonly ChallengePurpose[]) {
    const challenge = await challengeByToken(
      db,
      keys.map((key) => tokenDigest(key, token)),
    );
    const isOpen = challenge && !challenge.usedAt && challenge.expiresAt > clock.now();
    return isOpen && purposes.includes(challenge.purpose)
      ? challenge
      : refusal(challenge, purposes, challenge?.expiresAt);
  }

  return {
    /** The row, for whoever writes it with `write` or in a statement of their own, and the secrets for its message. */
    draft: (request: ChallengeRequest, means: Means) => draft(request, means, true),

    /** A row like any other, at the same cost, that nothing answers: what an outsider gets who must learn nothing. */
    draftDecoy: (request: ChallengeRequest, means: Means) => draft({ ...request, userId: undefined }, means, false),

    /** @param db the transaction in which the message with the secrets is queued */
    write: insertChallenge,

    /** `draft` and `write`. */
    async issue(db: Db, request: ChallengeRequest, means: Means): Promise<Draft> {
      const issued = draft(request, means, true);
      await insertChallenge(db, issued.challenge);
      return issued;
    },

    /**
     * The challenge that the answer belongs to, still unused: `consume` marks it used, in the transaction of what it
     * unlocks. Guesses at codes also count against the network that they come from.
     * @param askedBy the signed-in user who asked: no other caller's code is accepted, and no other guess counts
     */
    async check(
      answer: Answer,
      purposes: readonly ChallengePurpose[],
      client: Client,
      askedBy?: string,
    ): Promise<ChallengeRow | ChallengeFailed | RateLimited> {
      if ('token' in answer) return checkToken(answer.token, purposes);
      const charge = { limit: limits.guessByNetwork, key: networkKey(client.ip) };
      const limited = await limiter.spend(charge);
      if (limited) return limited;
      const challenge = await checkCode(answer.challengeId, answer.code, purposes, askedBy);
      if (!(challenge instanceof ChallengeFailed)) await limiter.refund(charge);
      return challenge;
    },

    consume: (db: Db, challenge: ChallengeRow) => consume(db, challenge.id, clock.now()),
    /** @param tx the transaction that holds the lock of the account's row */
    withdraw,
    lockOf: lockChallengesOf,
    forget: forgetPerson,
    /** The row of an id that a client gives. It says what was asked, and verifies nothing. */
    find: async (id: string): Promise<ChallengeRow | undefined> => (isId(id) ? challengeById(db, id) : undefined),
    open: (db: Db, wanted: { subject: string; purpose: ChallengePurpose; limit: number }) =>
      openChallenges(db, wanted, clock.now()),

    /** Whether the right code would still be accepted. */
    takesGuesses: ({ usedAt, attempts, maxAttempts, codeExpiresAt }: ChallengeRow): boolean =>
      usedAt === null && attempts < maxAttempts && codeExpiresAt > clock.now(),

    /** Rows are kept a day beyond their end, so that a late answer is told EXPIRED and not UNKNOWN. */
    prune: (limit: number) => pruneChallenges(db, after(clock.now(), -DAY), limit),
  };
}
