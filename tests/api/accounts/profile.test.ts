import { afterAll, beforeAll, expect, test } from 'vitest';
import { MeDocument, UpdateProfileDocument } from '../../../schema/generated/graphql.ts';
import { PROFILE_FIELD_NAMES } from '../../../src/features/accounts/profile-fields.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

// What users can change about themselves, and what they cannot.

let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION);
});
afterAll(() => app.close());

async function registerWithProfile() {
  const { client, accessToken: token, user } = await registerUser(app.client());
  return {
    id: user.id,
    update: async (input: Record<string, string | null>) =>
      (await client.request(UpdateProfileDocument, { input }, { token })).updateProfile,
    raw: (mutation: string) => client.post({ query: `mutation { ${mutation} { __typename } }` }, { token }),
    me: async () => (await client.request(MeDocument, undefined, { token })).me,
  };
}

test.each([
  ['updateProfile', 'firstName: "Eve", roles: [ADMIN]'],
  ['updateProfile', 'firstName: "Eve", email: "eve@example.org"'],
  ['updateProfile', 'firstName: "Eve", emailVerified: true, isActive: true'],
  ['updateProfile', 'userId: "00000000-0000-7000-8000-000000000000", firstName: "Eve"'],
  ['requestEmailChange', 'newEmail: "eve@example.org", emailVerified: true'],
  ['requestEmailChange', 'newEmail: "eve@example.org", userId: "00000000-0000-7000-8000-000000000000"'],
  ['confirmEmailChange', 'token: "xxxxxxxxxxxxxxxxxxxx", email: "eve@example.org"'],
  ['deleteAccount', 'id: "00000000-0000-7000-8000-000000000000"'],
])('rejects %s(input: { %s }) and changes nothing (T21)', async (field, input) => {
  const { raw, me } = await registerWithProfile();
  const before = await me();
  const { status, errors } = await raw(`${field}(input: { ${input} })`);
  expect([status, errors[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  expect(await me()).toEqual(before);
});

test('changes only the given fields; null or spaces clear a field', async () => {
  const { update } = await registerWithProfile();
  await update({ firstName: '  Ada\u00a0', lastName: 'Lovelace', companyName: 'Analytical Engines', locale: 'RU-ru' });
  expect(await update({ companyName: ' \t ', lastName: null })).toMatchObject({
    user: { firstName: 'Ada', lastName: null, companyName: null, locale: 'ru-RU' },
  });
});

test('reports every invalid field at once and changes nothing', async () => {
  const { update, me } = await registerWithProfile();
  await update({ firstName: 'Ada' });
  const result = await update({
    firstName: 'a'.repeat(101),
    lastName: 'Ada\u202e',
    companyName: 'c'.repeat(201),
    locale: 'not a tag',
  });
  expect(result).toMatchObject({
    __typename: 'InvalidInput',
    fields: [
      { path: 'firstName', code: 'TOO_LONG' },
      { path: 'lastName', code: 'INVALID_FORMAT' },
      { path: 'companyName', code: 'TOO_LONG' },
      { path: 'locale', code: 'INVALID_FORMAT' },
    ],
  });
  expect(await me()).toMatchObject({ firstName: 'Ada', lastName: null });
});

test.each(PROFILE_FIELD_NAMES)('shows and clears %s', async (field) => {
  const { raw, me } = await registerWithProfile();
  await raw(`updateProfile(input: { ${field}: "en" })`);
  expect(await me()).toMatchObject({ [field]: 'en' });
  await raw(`updateProfile(input: { ${field}: null })`);
  expect(await me()).toMatchObject({ [field]: null });
});

test('an empty input changes nothing', async () => {
  const { raw, id } = await registerWithProfile();
  const { accounts } = app.app.services;
  const before = await accounts.byId(id);
  expect((await raw('updateProfile(input: {})')).data).toEqual({ updateProfile: { __typename: 'ProfileUpdated' } });
  expect(await accounts.byId(id)).toEqual(before);
});

test('keeps omitted fields and rejects control characters', async () => {
  const { update } = await registerWithProfile();
  await update({ firstName: ' Ada ', companyName: 'Analytical Engines', locale: 'ru-ru' });
  expect(await update({ companyName: null, lastName: 'Lovelace' })).toMatchObject({
    user: { firstName: 'Ada', lastName: 'Lovelace', companyName: null, locale: 'ru-RU' },
  });
  expect(await update({ firstName: 'A\u0007da', lastName: 'x'.repeat(101) })).toMatchObject({
    __typename: 'InvalidInput',
    fields: [
      { path: 'firstName', code: 'INVALID_FORMAT' },
      { path: 'lastName', code: 'TOO_LONG' },
    ],
  });
});
