import type { Clock } from '../../core/clock.ts';
import type { Phone } from '../../core/identifiers.ts';
import {
  ChallengeFailed,
  EmailTaken,
  isProblem,
  type Problem,
  type ProblemIn,
  RateLimited,
} from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import type { Transact, Tx } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { SettleCode } from '../outbox/code-settlement.ts';
import { CODE_USES } from '../rate-limits/message-charges.ts';
import type { Charge } from '../rate-limits/rate-limiter.service.ts';
import type { SmsShield } from '../send-limits/sms-shield.ts';
import type { Answer } from './answer.ts';
import { consume } from './challenge.repo.ts';
import { type ChallengeRow, REDEEMED_UNDER_ACCOUNT_LOCK } from './challenge.ts';
import type { ChallengeCheck } from './challenge-check.service.ts';

/** The audit event of a refused answer. */
export type RefusalOutcome = 'failed' | 'limited' | 'taken';

/** The parts of redeeming that differ between flows. */
export interface Redemption<Ready, Holder, Outcome extends object, Conflict extends Problem> {
  purposes: readonly ChallengePurpose[];
  client: Client;
  /** The signed-in user who requested it, if only they may redeem it. */
  askedBy?: string | undefined;
  /** If `prepare` hashes: the answer takes a place of the hash queue once it is counted for its network. */
  hasher?: PasswordHasher | undefined;
  /** Before the transaction: slow work, such as a hash, and refusals that leave the challenge unused. */
  prepare?(challenge: ChallengeRow): Promise<Ready>;
  /** Locks the account before the challenge is consumed: for the purposes in REDEEMED_UNDER_ACCOUNT_LOCK. */
  lock?(tx: Tx, challenge: ChallengeRow): Promise<Holder>;
  /** Runs in the transaction that consumes the challenge. The transaction commits even if this returns a problem. */
  apply(
    tx: Tx,
    challenge: ChallengeRow,
    found: { ready: Exclude<Ready, Problem>; holder: Exclude<Holder, Problem> },
  ): Promise<Outcome>;
  /** The outcome for an error that rolled everything back; the challenge stays unused. Undefined rethrows it. */
  conflict?(error: unknown): Conflict | undefined;
  /** @param challenge undefined if the answer matched none */
  refused?(refusal: RefusalOutcome, challenge: ChallengeRow | undefined): AuditEvent | Promise<AuditEvent>;
}

/**
 * Redeems a challenge: counts the guess, compares in constant time, prepares, and in one transaction consumes the
 * challenge and applies the change. Records a refusal. Of any number of callers with the same answer, one applies it.
 */
export type Redeem = <Ready, Holder, Outcome extends object, Conflict extends Problem = never>(
  answer: Answer,
  redemption: Redemption<Ready, Holder, Outcome, Conflict>,
) => Promise<Outcome | ProblemIn<Ready | Holder> | NoInfer<Conflict> | ChallengeFailed | RateLimited>;

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  challengeCheck: ChallengeCheck;
  shield: SmsShield;
  settleCode: SettleCode;
}

export function createRedemption({
  db,
  transact,
  clock,
  audit,
  challengeCheck,
  shield,
  settleCode,
}: Dependencies): Redeem {
  return async <Ready, Holder, Outcome extends object, Conflict extends Problem>(
    answer: Answer,
    { hasher, prepare, lock, apply, conflict, refused, ...expected }: Redemption<Ready, Holder, Outcome, Conflict>,
  ) => {
    async function redeem(challenge: ChallengeRow) {
      if (isRedeemedUnderAccountLock(challenge) !== Boolean(lock))
        throw new Error(`wrong lock order for ${challenge.purpose}`);
      const ready = (await prepare?.(challenge)) as Ready;
      if (isProblem(ready)) return ready;
      try {
        return await transact(async (tx) => {
          const holder = (await lock?.(tx, challenge)) as Holder;
          if (isProblem(holder)) return holder;
          if (!(await consume(tx, challenge.id, clock.now()))) return new ChallengeFailed('ALREADY_USED');
          const { channel, subject, purpose } = challenge;
          // A correct code shows that this range of numbers has real users. The number was parsed when it was requested.
          if (channel === 'SMS') {
            tx.after(() => shield.confirm(subject as Phone, CODE_USES[purpose]));
            tx.after(() => settleCode(challenge.id, 'approved'));
          }
          return apply(tx, challenge, { ready, holder } as Parameters<typeof apply>[2]); // Problems have returned above.
        });
      } catch (error) {
        const outcome = conflict?.(error);
        if (outcome) return outcome;
        throw error;
      }
    }

    async function recordRefusal(outcome: object, challenge?: ChallengeRow): Promise<void> {
      const refusal = toRefusalOutcome(outcome);
      if (refused && refusal) await audit.record(db, await refused(refusal, challenge));
    }

    async function checkAndRedeem(charges: Charge[]) {
      const checked = await challengeCheck.checkCounted(answer, expected, charges);
      const outcome = isProblem(checked) ? checked : await redeem(checked);
      await recordRefusal(outcome, isProblem(checked) ? undefined : checked);
      return outcome;
    }

    const { count, refund } = challengeCheck.networkLimits(answer, expected.client);
    const countOrRecord = async () => {
      const counted = await count();
      if (isProblem(counted)) await recordRefusal(counted);
      return counted;
    };
    if (hasher) return hasher.admitWithin(expected.client.ip, { count: countOrRecord, refund }, checkAndRedeem);
    const counted = await countOrRecord();
    return isProblem(counted) ? counted : checkAndRedeem(counted);
  };
}

const isRedeemedUnderAccountLock = ({ purpose }: ChallengeRow): boolean =>
  REDEEMED_UNDER_ACCOUNT_LOCK.some((candidate) => candidate === purpose);

function toRefusalOutcome(outcome: object): RefusalOutcome | undefined {
  if (outcome instanceof ChallengeFailed) return 'failed';
  if (outcome instanceof RateLimited) return 'limited';
  return outcome instanceof EmailTaken ? 'taken' : undefined;
}
