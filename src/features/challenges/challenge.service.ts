import type { Config } from '../../config.ts';
import { after, type Clock, DAY } from '../../core/clock.ts';
import { isId, newId } from '../../core/ids.ts';
import { randomCode, randomToken } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import {
  type ChallengeScope,
  challengeById,
  firstNoted,
  forgetPerson,
  insertChallenge,
  lockChallenges,
  openChallenges,
  pruneChallenges,
  withdraw,
} from './challenge.repo.ts';
import {
  type ChallengeRequest,
  type ChallengeRow,
  CODE_LENGTH,
  isDecoy,
  type NewChallenge,
  type Secrets,
} from './challenge.ts';
import type { ChallengeDigests } from './challenge-digests.ts';

/** How a challenge can be answered: by a code, by a link, or by either. */
export interface AnswerOptions {
  code: boolean;
  /** Milliseconds that the link is valid; undefined for no link. */
  link: number | undefined;
}

/** A challenge to be written, and the secrets for its message. */
export interface Draft {
  challenge: NewChallenge;
  secrets: Secrets;
}

/** Steps confirmed with a code or link. Issued here; redeemed by redemption.service.ts. */
export interface Challenges {
  /** For callers that write the row with `write` or in their own statement. */
  draft(request: ChallengeRequest, options: AnswerOptions): Draft;
  /** The same kind of row at the same cost, but no answer matches it: for callers who must learn nothing. */
  draftDecoy(request: ChallengeRequest, options: AnswerOptions): Draft;
  /** @param db the transaction in which the message with the secrets is queued */
  write(db: Db, challenge: NewChallenge): Promise<void>;
  /** `draft` and `write`. */
  issue(db: Db, request: ChallengeRequest, options: AnswerOptions): Promise<Draft>;
  /** Turns pending challenges into decoys. @param tx the transaction that holds the lock of the account's row */
  withdraw(tx: Db, scope: ChallengeScope, purposes: readonly ChallengePurpose[]): Promise<void>;
  /** Locks challenges that are redeemed before the account is locked: the first step of deleting an account. */
  lockAll(tx: Db, userId: string): Promise<void>;
  /** Deletes challenges about the addresses and numbers of a deleted user. */
  forget(tx: Db, userId: string, subjects: readonly string[]): Promise<void>;
  /** Whether an answer is still accepted. @param tx holds the lock under which the challenge is redeemed */
  isOpen(tx: Db, id: string): Promise<boolean>;
  /** The row with an ID from a client. It shows what was requested but verifies nothing. */
  find(id: string): Promise<ChallengeRow | undefined>;
  /** Challenges that can still be answered, oldest first, without decoys. */
  open(db: Db, wanted: { subject: string; purpose: ChallengePurpose; limit: number }): Promise<ChallengeRow[]>;
  /** What the first challenge of the purpose since this time has under this key of its payload; undefined if none has it. */
  firstNoted(tx: Db, wanted: { userId: string; purpose: ChallengePurpose; since: Date; key: string }): Promise<unknown>;
  /** Whether the right code would still be accepted. */
  acceptsCode(challenge: ChallengeRow): boolean;
  /** Deletes rows a day after they expire, so that a late answer gets EXPIRED, not UNKNOWN. Returns how many. */
  prune(limit: number): Promise<number>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  digests: ChallengeDigests;
  otp: Config['otp'];
}

export function createChallenges({ db, clock, digests, otp }: Dependencies): Challenges {
  function draft(request: ChallengeRequest, options: AnswerOptions, isDecoy: boolean): Draft {
    const now = clock.now();
    const id = newId(now);
    const secrets: Secrets = {
      code: options.code ? randomCode(CODE_LENGTH) : undefined,
      token: options.link === undefined ? undefined : randomToken(),
    };
    // Computes and drops the digests, so that a decoy costs the same.
    const codeDigest = secrets.code === undefined ? null : digests.ofCode(id, secrets.code)[0];
    const tokenDigest = secrets.token === undefined ? null : digests.ofToken(secrets.token)[0];
    const expiresAt = after(now, Math.max(options.code ? otp.ttl : 0, options.link ?? 0));
    const challenge = {
      ...request,
      id,
      userId: request.userId ?? null,
      payload: { ...request.payload, ...(request.askedBy === undefined ? {} : { askedBy: request.askedBy }) },
      codeDigest: isDecoy ? null : codeDigest,
      tokenDigest: isDecoy ? null : tokenDigest,
      maxAttempts: otp.maxAttempts,
      codeExpiresAt: options.code ? after(now, otp.ttl) : expiresAt,
      expiresAt,
      createdAt: now,
    };
    return { challenge, secrets };
  }

  return {
    draft: (request, options) => draft(request, options, false),
    draftDecoy: (request, options) => draft({ ...request, userId: undefined }, options, true),
    write: insertChallenge,

    async issue(db, request, options) {
      const issued = draft(request, options, false);
      await insertChallenge(db, issued.challenge);
      return issued;
    },

    withdraw,
    lockAll: lockChallenges,
    forget: forgetPerson,
    async isOpen(tx, id) {
      const challenge = await challengeById(tx, id);
      return challenge !== undefined && challenge.usedAt === null && !isDecoy(challenge);
    },
    find: async (id) => (isId(id) ? challengeById(db, id) : undefined),
    firstNoted,
    open: (db, wanted) => openChallenges(db, wanted, clock.now()),

    acceptsCode: ({ usedAt, attempts, maxAttempts, codeExpiresAt }) =>
      usedAt === null && attempts < maxAttempts && codeExpiresAt > clock.now(),

    prune: (limit) => pruneChallenges(db, after(clock.now(), -DAY), limit),
  };
}
