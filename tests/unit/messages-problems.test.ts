import { describe, expect, test } from 'vitest';
import { ChangedMeanwhile } from '../../src/core/admin-problems.ts';
import { LOCALES } from '../../src/core/locale.ts';
import {
  AccountDisabled,
  ChallengeFailed,
  ChallengeFailure,
  EmailTaken,
  FieldProblem,
  type FieldReason,
  InvalidCredentials,
  InvalidInput,
  NotFound,
  PhoneTaken,
  type Problem,
  RateLimited,
  SmsUnavailable,
} from '../../src/core/problems.ts';
import { ReauthenticationRequired, RefreshFailure, RefreshRejected } from '../../src/core/session-problems.ts';
import {
  IdentityConflict,
  LastSignInMethod,
  SocialFailure,
  SocialProviderUnavailable,
  SocialRejected,
} from '../../src/core/social-problems.ts';
import { fieldProblemText, problemText } from '../../src/messages/problems.ts';

const PROBLEMS: Problem[] = [
  new InvalidInput([]),
  new InvalidCredentials(),
  new AccountDisabled(),
  new EmailTaken(),
  new PhoneTaken(),
  new SmsUnavailable(),
  new NotFound(),
  new ChangedMeanwhile(),
  new SocialProviderUnavailable(),
  new IdentityConflict(),
  new LastSignInMethod(),
  new RateLimited(30),
  new ReauthenticationRequired(['PASSWORD']),
  ...Object.values(SocialFailure).map((reason) => new SocialRejected(reason)),
  ...Object.values(ChallengeFailure).map((reason) => new ChallengeFailed(reason)),
  new ChallengeFailed('WRONG_CODE', 1),
  ...Object.values(RefreshFailure).map((reason) => new RefreshRejected(reason)),
];

describe.each(LOCALES)('%s', (locale) => {
  test('every problem has a sentence', () => {
    for (const problem of PROBLEMS) expect(problemText(problem, locale)).toMatch(/^[\p{Lu}\d].*\.$/u);
  });
});

test('texts differ between languages', () => {
  for (const problem of PROBLEMS) {
    expect(new Set(LOCALES.map((locale) => problemText(problem, locale))).size).toBe(LOCALES.length);
  }
});

test('a rate limit says when to retry, in correct grammar', () => {
  const texts = (seconds: number) => LOCALES.map((locale) => problemText(new RateLimited(seconds), locale));
  expect(texts(60)).toEqual([
    'Too many attempts. Try again in 1 minute.',
    'Слишком много попыток. Повторите через 1 минуту.',
    'Urinishlar juda koʻp. 1 daqiqadan keyin qayta urinib koʻring.',
  ]);
  expect(texts(900)[1]).toContain('через 15 минут.');
});

test('a wrong code says whether there is another attempt', () => {
  expect(problemText(new ChallengeFailed('WRONG_CODE', 1), 'en')).toMatch(/try again/);
  expect(problemText(new ChallengeFailed('WRONG_CODE', 0), 'en')).toMatch(/last attempt/);
});

const REASONS: FieldReason[] = [
  'redirect-uri',
  'one-token',
  'token-kind',
  'one-method',
  'method-unavailable',
  'phone-format',
  'email-same',
];

test.each(REASONS)('%s has a sentence in each language', (reason) => {
  const texts = LOCALES.map((locale) => fieldProblemText(new FieldProblem('field', 'NOT_ALLOWED', reason), locale));
  for (const text of texts) expect(text).toMatch(/^\p{Lu}.*\.$/u);
  expect(new Set(texts).size).toBe(LOCALES.length);
});

test('the text for a short password names the minimum length (T22)', () => {
  const short = new FieldProblem('password', 'TOO_SHORT', 'password-too-short', 15);
  for (const locale of LOCALES) expect(fieldProblemText(short, locale)).toContain('15');
});
