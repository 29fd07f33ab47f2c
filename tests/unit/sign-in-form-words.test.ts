import { expect, test } from 'vitest';
import { problems as enForm } from '../../packages/client/src/react/sign-in-form/problems/en.ts';
import { problems as ruForm } from '../../packages/client/src/react/sign-in-form/problems/ru.ts';
import { problems as uzForm } from '../../packages/client/src/react/sign-in-form/problems/uz.ts';
import type { Problems } from '../../packages/client/src/react/sign-in-form/words.ts';
import { en } from '../../src/messages/problem-words/en.ts';
import { ru } from '../../src/messages/problem-words/ru.ts';
import { uz } from '../../src/messages/problem-words/uz.ts';
import type { ProblemWords } from '../../src/messages/problem-words/words.ts';

const LIMIT = 8;

/** What the service says. */
const serviceTexts = ({ plain, challenge, social, fields }: ProblemWords): Record<keyof Problems, string> => ({
  ...plain,
  ...challenge,
  SocialRejected: social.CODE_REJECTED,
  TOO_SHORT: fields['password-too-short'](LIMIT),
  TOO_LONG: fields['password-too-long'](LIMIT),
  TOO_WEAK: fields['password-weak'](LIMIT),
  BREACHED: fields['password-common'](LIMIT),
  'email.INVALID_FORMAT': fields['email-format'](LIMIT),
  'identifier.INVALID_FORMAT': fields['identifier-format'](LIMIT),
  'phone.INVALID_FORMAT': fields['phone-format'](LIMIT),
  'phone.NOT_ALLOWED': fields['phone-no-messages'](LIMIT),
  'code.INVALID_FORMAT': fields['code-format'](LIMIT),
  'totp.INVALID_FORMAT': fields['code-format'](LIMIT),
  'recoveryCode.INVALID_FORMAT': fields['recovery-code-format'](LIMIT),
});

test.each([
  ['en', enForm, en],
  ['ru', ruForm, ru],
  ['uz', uzForm, uz],
] as const)('after a change to %s, the sign-in form says what the service would say', (_, form, service) => {
  const texts = Object.entries(form).map(([name, text]) => [name, typeof text === 'function' ? text(LIMIT) : text]);
  expect(serviceTexts(service)).toMatchObject(Object.fromEntries(texts));
});
