import type * as problems from '../../core/problems.ts';
import type { ChallengeFailure, FieldReason, RefreshFailure, SocialFailure } from '../../core/problems.ts';

/** Every class of core/problems.ts that GraphQL shows: a new one does not compile before it has words. */
export type AnyProblem = {
  [Name in keyof typeof problems]: (typeof problems)[Name] extends new (
    ...args: never[]
  ) => infer Instance
    ? Instance extends problems.Problem & { kind: string }
      ? Instance
      : never
    : never;
}[keyof typeof problems];

type Detailed = 'ChallengeFailed' | 'RefreshRejected' | 'SocialRejected' | 'RateLimited';

/** The problems in one language. */
export interface ProblemWords {
  plain: Record<Exclude<AnyProblem['kind'], Detailed>, string>;
  challenge: Record<ChallengeFailure, string>;
  refresh: Record<RefreshFailure, string>;
  social: Record<SocialFailure, string>;
  /** @param when such as: in 30 seconds */
  rateLimited(when: string): string;
  /** @param limit the number that the rule is about; 0 when there is none */
  fields: Record<FieldReason, (limit: number) => string>;
}
