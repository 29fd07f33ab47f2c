import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { exportedAccounts, importText } from '../support/imports.ts';
import { FIREBASE_CONFIG } from '../support/other-systems/firebase.ts';
import { BCRYPT, google, lines, MAY } from '../support/other-systems/sample.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('users who are blocked elsewhere', () => {
  test.each([true, 1, '1', 't', 'yes', 'y', 'on', ' TRUE ', 'True'])(
    'banned: %j makes a user inactive',
    async (banned) => {
      const email = `banned.${typeof banned}.${String(banned).trim()}@states.example`.toLowerCase();
      const content = lines({ id: email, primary_email_address: email, banned });
      expect((await importText(app, content, { format: 'clerk' })).problems).toEqual([]);
      expect((await exportedAccounts(app))[email]).toMatchObject({ isActive: false });
    },
  );

  test.each(['maybe', '2024-01-01', 2, { reason: 'spam' }, ['x']])('banned: %j is rejected', async (banned) => {
    const content = lines({ id: 'user_x', primary_email_address: 'unclear@states.example', banned });
    const { problems } = await importText(app, content, { format: 'clerk' });
    expect(problems).toEqual(['1,user_x,isActive,neither true nor false,refused']);
  });

  test('WordPress: marked as spam or deleted in a network', async () => {
    const content = lines(
      { ID: 1, user_email: 'spam@states.example', spam: '1', deleted: '0' },
      { ID: 2, user_email: 'gone@states.example', spam: '0', deleted: '1' },
      { ID: 3, user_email: 'fine@states.example', spam: '0', deleted: '0' },
    );
    await importText(app, content, { format: 'wordpress' });
    const exported = await exportedAccounts(app);
    expect(exported['spam@states.example']).toMatchObject({ isActive: false });
    expect(exported['gone@states.example']).toMatchObject({ isActive: false });
    expect(exported['fine@states.example']).toMatchObject({ isActive: true });
  });
});

test('Clerk: letter case does not make an address unverified, and a hash with a pepper is rejected by name', async () => {
  const content = [
    'id,primary_email_address,verified_email_addresses,password_digest,password_hasher',
    `user_1,Case@States.example,case@states.example,,`,
    `user_2,pepper@states.example,pepper@states.example,${BCRYPT},bcrypt_peppered`,
  ].join('\n');
  const { problems } = await importText(app, content, { format: 'clerk' });
  expect(problems).toEqual(['2,user_2,passwordHash,this kind of hash is not supported: a hash with a pepper,refused']);
  expect((await exportedAccounts(app))['case@states.example']).toMatchObject({ emailVerified: true });
});

test('Firebase’s CSV has no header; its users sign in with their passwords and with no other', async () => {
  const row = (...cells: string[]) => `${[...cells, ...Array<string>(28).fill('')].slice(0, 28).join(',')},`;
  const hash = 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==';
  const none = Array<string>(14).fill('');
  const content = [
    row(
      'Kx7',
      'csv@states.example',
      'true',
      hash,
      '42xEC+ixf3L2lw==',
      '"L, Ada"',
      '',
      'f118',
      ...none.slice(0, 3),
      '',
      ...none.slice(0, 11),
      '1717146000123',
      '1717146000123',
      '+998901234599',
      'false',
    ),
    row('Kx8', 'off@states.example', 'false', '', '', '', '', '', ...none, '', '1717146000123', '', '', 'true'),
  ].join('\n');
  const { problems, ids } = await importText(app, content, { format: 'firebase', firebaseHashConfig: FIREBASE_CONFIG });
  expect(problems).toEqual([]);
  expect(Object.keys(ids).sort()).toEqual(['Kx7', 'Kx8']);
  const exported = await exportedAccounts(app);
  expect(exported['csv@states.example']).toMatchObject({
    emailVerified: true,
    phone: '+998901234599',
    phoneVerified: true,
    createdAt: MAY,
    identities: [google('f118')],
  });
  expect(exported['off@states.example']).toMatchObject({ emailVerified: false, isActive: false });
  expectType(await login(app.client(), 'csv@states.example', 'user1password'), 'Authenticated');
  expectType(await login(app.client(), 'csv@states.example', 'user1passwordx'), 'InvalidCredentials');
});

test('an identity that a list has twice is one, and credentials of another shape are reported', async () => {
  const identity = { provider: 'google-oauth2', user_id: 'twice-1', connection: 'google-oauth2' };
  const twice = lines({ user_id: 'auth0|1', email: 'twice@states.example', identities: [identity, identity] });
  expect((await importText(app, twice, { format: 'auth0' })).problems).toEqual([]);
  const { notes } = await importText(app, lines({ email: 'shape@states.example', credentials: 'x' }), {
    format: 'keycloak',
  });
  expect(notes).toContainEqual(expect.stringMatching(/^credentials: not imported/));
});

test('MongoDB’s extended JSON', async () => {
  const content = lines(
    { _id: { $oid: '66599a1e' }, email: 'mongo.1@states.example', createdAt: { $date: MAY } },
    { _id: '66599a1f', email: 'mongo.2@states.example', createdAt: { $date: { $numberLong: '1717146000123' } } },
  );
  const { problems, ids } = await importText(app, content, { format: 'better-auth' });
  expect(problems).toEqual([]);
  expect(Object.keys(ids)).toEqual(['66599a1e', '66599a1f']);
  const exported = await exportedAccounts(app);
  for (const name of ['mongo.1', 'mongo.2'])
    expect(exported[`${name}@states.example`]).toMatchObject({ createdAt: MAY });
});
