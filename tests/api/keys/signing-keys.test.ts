import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SigningKeysDocument } from '../../../schema/generated/graphql.ts';
import { MINUTE } from '../../../src/core/clock.ts';
import { signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testClock } from '../../support/clock.ts';

const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ ACCESS_TOKEN_TTL: '2h' }, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const listKeys = async () =>
  (await admin.client.request(SigningKeysDocument, undefined, { token: admin.token })).signingKeys;
const minutesBetween = (from: string | null = null, until: string | null = null) =>
  (Date.parse(until ?? '') - Date.parse(from ?? '')) / MINUTE;

test('administrators see which key signs, which is next, and until when tokens of a former one are valid', async () => {
  const { kid } = decodeProtectedHeader(admin.token);
  expect(await listKeys()).toEqual([
    {
      kid,
      algorithm: 'ES256',
      state: 'SIGNING',
      createdAt: expect.any(String),
      signsFrom: expect.any(String),
      signsUntil: null,
      verifiesUntil: null,
    },
  ]);

  await app.app.services.keys.rotate();
  const [next, current] = await listKeys();
  expect(next).toMatchObject({ state: 'NEXT', signsUntil: null, verifiesUntil: null });
  expect(current).toMatchObject({ kid, state: 'SIGNING', signsUntil: next?.signsFrom });
  expect(minutesBetween(next?.createdAt, next?.signsFrom)).toBe(10);
  // The lifetime of a token, and a minute for clocks that are behind.
  expect(minutesBetween(current?.signsUntil, current?.verifiesUntil)).toBe(121);

  clock.advance(11 * MINUTE);
  expect((await listKeys()).map(({ state, ...key }) => [key.kid, state])).toEqual([
    [next?.kid, 'SIGNING'],
    [kid, 'RETIRING'],
  ]);
});
