import { afterAll, beforeAll, expect, test } from 'vitest';
import { MeDocument, UpdateProfileDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { newcomer, SIGNED_IN_AT_ONCE } from '../../support/sessions.ts';

// What people say of themselves, and what they cannot say.

let app: TestApp;
beforeAll(async () => {
  app = await startApp(SIGNED_IN_AT_ONCE);
});
afterAll(() => app.close());

async function somebody() {
  const { client, accessToken: token, user } = await newcomer(app.client());
  return {
    id: user.id,
    update: async (input: Record<string, string | null>) =>
      (await client.ask(UpdateProfileDocument, { input }, { token })).updateProfile,
    raw: (mutation: string) => client.post({ query: `mutation { ${mutation} { __typename } }` }, { token }),
    me: async () => (await client.ask(MeDocument, undefined, { token })).me,
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
])('%s(input: { %s }) is refused, and nothing happens (T21)', async (field, input) => {
  const { raw, me } = await somebody();
  const before = await me();
  const { status, errors } = await raw(`${field}(input: { ${input} })`);
  expect([status, errors[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  expect(await me()).toEqual(before);
});

test('what is given is tidied, the rest stays, and null or nothing but space clears', async () => {
  const { update } = await somebody();
  await update({ firstName: '  Ada\u00a0', lastName: 'Lovelace', companyName: 'Analytical Engines', locale: 'RU-ru' });
  expect(await update({ companyName: ' \t ', lastName: null })).toMatchObject({
    user: { firstName: 'Ada', lastName: null, companyName: null, locale: 'ru-RU' },
  });
});

test('everything that is wrong is said at once, and nothing of it is kept', async () => {
  const { update, me } = await somebody();
  await update({ firstName: 'Ada' });
  const answer = await update({
    firstName: 'a'.repeat(101),
    lastName: 'Ada\u202e',
    companyName: 'c'.repeat(201),
    locale: 'not a tag',
  });
  expect(answer).toMatchObject({
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

test('nothing given is nothing changed', async () => {
  const { raw, id } = await somebody();
  const { accounts } = app.app.services;
  const before = await accounts.byId(id);
  expect((await raw('updateProfile(input: {})')).data).toEqual({ updateProfile: { __typename: 'ProfileUpdated' } });
  expect(await accounts.byId(id)).toEqual(before);
});
