import type { AuthenticationMethod } from '../../core/authentication-methods.ts';
import type { ChallengeFailed, FieldProblem, RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Answer } from '../challenges/answer.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';

/** The input fields of `verifySecondFactor`, one for each factor. */
export const FACTOR_FIELDS = ['totp', 'recoveryCode', 'passkey'] as const;
export type FactorField = (typeof FACTOR_FIELDS)[number];

/** An answer to a SECOND_FACTOR challenge. */
export interface SecondFactorAnswer {
  /** A guess, which is counted, or the token that a passkey has signed. */
  answer: Answer;
  /** For audit events. */
  method: AuditEvent['method'];
  /** Checks what was answered, once the challenge is known. Whatever it refuses, the challenge stays unused. */
  check?(challenge: ChallengeRow, client: Client): Promise<ChallengeFailed | RateLimited | undefined>;
  /**
   * Accepts the answer. Of any number of callers with the same code or assertion, one succeeds.
   * @param tx the transaction that consumes the challenge. It holds the lock of the account.
   * @returns what the factor adds to the amr claim, without mfa
   */
  accept(tx: Db, user: User, client: Client): Promise<readonly AuthenticationMethod[] | ChallengeFailed>;
  /** Why `check` refused the answer, for the audit event. */
  reason?(): string | undefined;
}

/** Reads the answer from its field. FieldProblem if it has the wrong format, which uses up no guess. */
export type ReadSecondFactor = (challengeId: string, text: string) => SecondFactorAnswer | FieldProblem;

/** How each factor is read. A field without a reader is refused. */
export type SecondFactorReaders = Partial<Record<FactorField, ReadSecondFactor>>;
