import { SECOND } from '../core/clock.ts';
import type { Locale } from '../core/locale.ts';
import type { ChallengeFailed, FieldProblem, Problem } from '../core/problems.ts';
import { formatTimeFromNow } from './formats.ts';
import { en } from './problem-words/en.ts';
import { ru } from './problem-words/ru.ts';
import { uz } from './problem-words/uz.ts';
import type { AnyProblem, ProblemWords } from './problem-words/words.ts';

const LANGUAGES: Record<Locale, ProblemWords> = { en, ru, uz };

/** The user's message for a problem. */
export function problemText(problem: Problem, locale: Locale): string {
  const words = LANGUAGES[locale];
  const known = problem as AnyProblem; // AnyProblem lists every class that extends Problem.
  switch (known.kind) {
    case 'ChallengeFailed':
      return words.challenge[isLastWrongCode(known) ? 'LAST_WRONG_CODE' : known.reason];
    case 'RefreshRejected':
      return words.refresh[known.reason];
    case 'SocialRejected':
      return words.social[known.reason];
    case 'RateLimited':
      return words.rateLimited(formatTimeFromNow(known.retryAfter * SECOND, locale));
    default:
      return words.plain[known.kind];
  }
}

const isLastWrongCode = ({ reason, attemptsRemaining }: ChallengeFailed): boolean =>
  reason === 'WRONG_CODE' && attemptsRemaining === 0;

/** The user's message for one field: what to enter instead. */
export const fieldProblemText = (problem: FieldProblem, locale: Locale): string =>
  LANGUAGES[locale].fields[problem.reason](problem.limit ?? 0);
