import { parseCode } from '../../core/codes.ts';
import { FieldProblem, InvalidInput } from '../../core/problems.ts';

/** The answer to a challenge: its code, or the token of its link. */
export type Answer = { token: string } | { challengeId: string; code: string };

export interface AnswerInput {
  challengeId?: string | null | undefined;
  code?: string | null | undefined;
  token?: string | null | undefined;
}

/** Exactly one of the two. A code without six digits is refused here, so it uses up no guess. */
export function parseAnswer({ challengeId, code, token }: AnswerInput): Answer | InvalidInput {
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
