import type * as adminProblems from '../../core/admin-problems.ts';
import type * as problems from '../../core/problems.ts';
import type { ChallengeFailure, FieldReason } from '../../core/problems.ts';
import type * as sessionProblems from '../../core/session-problems.ts';
import type { RefreshFailure } from '../../core/session-problems.ts';
import type * as socialProblems from '../../core/social-problems.ts';
import type { SocialFailure } from '../../core/social-problems.ts';

type Exports = typeof adminProblems & typeof problems & typeof sessionProblems & typeof socialProblems;

/** Every problem that GraphQL can return. A new one does not compile before every language has a text for it. */
export type AnyProblem = {
  [Name in keyof Exports]: Exports[Name] extends new (
    ...args: never[]
  ) => infer Instance
    ? Instance extends problems.Problem & { kind: string }
      ? Instance
      : never
    : never;
}[keyof Exports];

type Detailed = 'ChallengeFailed' | 'RefreshRejected' | 'SocialRejected' | 'RateLimited';

/** The problems in one language. */
export interface ProblemWords {
  plain: Record<Exclude<AnyProblem['kind'], Detailed>, string>;
  /** `LAST_WRONG_CODE`: there are no attempts left. */
  challenge: Record<ChallengeFailure | 'LAST_WRONG_CODE', string>;
  refresh: Record<RefreshFailure, string>;
  social: Record<SocialFailure, string>;
  /** @param when such as: in 30 seconds */
  rateLimited(when: string): string;
  /** @param limit the number that the rule is about; 0 when there is none */
  fields: Record<FieldReason, (limit: number) => string>;
}
