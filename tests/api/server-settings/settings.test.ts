import { expect, test } from 'vitest';
import { SettingsDocument } from '../../../schema/generated/graphql.ts';
import { startApp } from '../../support/app.ts';
import { uniqueEmail } from '../../support/people.ts';

const readSettings = async (env: Record<string, string>) => {
  const app = await startApp(env);
  const { data } = await app.client().send(SettingsDocument, undefined);
  await app.close();
  return data?.settings;
};

test('anyone can read what the server offers', async () => {
  expect(await readSettings({})).toEqual({
    signUpOpen: true,
    emailVerification: 'SIGN_UP',
    emailSignIn: true,
    phoneSignIn: true,
    passkeys: true,
    secondFactors: true,
    passwordMinLength: 8,
    passwordMaxLength: 256,
    passwordMinStrength: 3,
    locales: ['en', 'ru', 'uz'],
  });
  const strict = {
    SIGN_UP: 'closed',
    EMAIL_VERIFICATION: 'login',
    EMAIL_SIGN_IN: 'off',
    SECOND_FACTORS: 'off',
    PASSWORD_MIN_LENGTH: '12',
    PASSWORD_MIN_STRENGTH: '4',
  };
  expect(await readSettings(strict)).toMatchObject({
    signUpOpen: false,
    emailVerification: 'LOGIN',
    emailSignIn: false,
    secondFactors: false,
    passwordMinLength: 12,
    passwordMinStrength: 4,
  });
});

test('a refused password tells the limit', async () => {
  const app = await startApp({ PASSWORD_MIN_LENGTH: '10', PASSWORD_MIN_STRENGTH: '2' });
  const query = `mutation ($input: RegisterEmailInput!) {
    registerEmail(input: $input) { ... on InvalidInput { fields { path code limit } } }
  }`;
  const register = async (password: string, email = uniqueEmail()) =>
    (await app.client().post({ query, variables: { input: { email, password } } })).data;
  const problem = (code: string, limit: number | null) => ({
    registerEmail: { fields: [{ path: 'password', code, limit }] },
  });
  expect(await register('short')).toEqual(problem('TOO_SHORT', 10));
  expect(await register('x'.repeat(257))).toEqual(problem('TOO_LONG', 256));
  expect(await register('aaaaaaaaaaaa')).toEqual(problem('TOO_WEAK', 2));
  expect(await register('qwertyuiop')).toEqual(problem('BREACHED', null));
  await app.close();
});
