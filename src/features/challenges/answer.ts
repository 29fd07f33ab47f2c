import { parseCode } from '../../core/codes.ts';
import { FieldProblem, InvalidInput } from '../../core/problems.ts';
import type { ChallengeRow } from './challenge.ts';

/** An answer that can be guessed. Each one is counted before it is compared. */
export type Guess =
  | { challengeId: string; code: string }
  /** A code that the challenge does not contain, such as one from an authenticator app. */
  | { challengeId: string; isRight: (challenge: ChallengeRow) => Promise<boolean> };

/** The answer to a challenge: the token of its link, or a guess. */
export type Answer = { token: string } | Guess;

export interface AnswerInput {
  challengeId?: string | null | undefined;
  code?: string | null | undefined;
  token?: string | null | undefined;
}

/** An answer from a message. */
export type ParsedAnswer = { token: string } | { challengeId: string; code: string };

/** Exactly one of the two. A code without six digits is refused here, so it uses up no guess. */
export function parseAnswer({ challengeId, code, token }: AnswerInput): ParsedAnswer | InvalidInput {
  if (token && !challengeId && !code) return { token };
  if (challengeId && code && !token) {
    const digits = parseCode(code);
    return digits === undefined
      ? new InvalidInput([new FieldProblem('code', 'INVALID_FORMAT', 'code-format')])
      : { challengeId, code: digits };
  }
  return new InvalidInput([new FieldProblem(token ? 'token' : 'code', 'REQUIRED', 'code-or-token')]);
}

/** The audit method of an answer to an email challenge. */
export const answerMethod = (answer: Answer): 'email-link' | 'email-code' =>
  'token' in answer ? 'email-link' : 'email-code';
