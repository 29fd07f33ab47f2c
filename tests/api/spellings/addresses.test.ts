import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../../schema/generated/graphql.ts';
import { startEmailChange } from '../../support/account-changes.ts';
import {
  createUser,
  listUsers,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';

// Addresses with international domains, and addresses as people paste them. Cases from public reports: Keycloak 10620,
// Zitadel 9821, Beszel 1934.

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

/** [as it is stored, as it is shown, other spellings] */
const DOMAINS: [string, string, string[]][] = [
  ['xn--80a1acny.xn--p1ai', 'почта.рф', ['ПОЧТА.РФ', 'почта。рф']],
  ['xn--mller-kva.de', 'müller.de', ['Müller.de', 'mu\u0308ller.de', 'XN--MLLER-KVA.DE']],
  ['xn--strae-oqa.de', 'straße.de', ['STRAẞE.de']],
];

const named = () => uniqueEmail().split('@')[0] ?? '';

describe.each(DOMAINS)('an address at %s', (ascii, shown, others) => {
  test('is one account in every spelling, gets its mail in ASCII and is shown in Unicode', async () => {
    const name = named();
    const client = app.client();
    const started = await register(client, { email: `${name}@${shown}`, password: PASSWORD });
    const challenge = expectType(started, 'Challenge');
    expect(challenge.sentTo).toBe(`a•••@${shown}`);
    expect((await app.mail(`${name}@${ascii}`)).length).toBe(1);
    const session = await signUp(app, client, `${name}@${ascii}`).catch(() => undefined);
    expect(session).toBeDefined();
    for (const domain of [ascii, shown, ...others]) {
      const { user, accessToken } = expectType(
        await login(app.client(), `${name}@${domain}`, PASSWORD),
        'Authenticated',
      );
      expect(user).toMatchObject({ id: session?.user.id, email: `${name}@${shown}` });
      // Other services send mail to the address in the token.
      expect(decodeJwt(accessToken).email).toBe(`${name}@${ascii}`);
      for (const search of [`${name}@${domain}`, `${name}＠${domain}`]) {
        const found = await listUsers(admin, { filter: { search } });
        expect(found.edges.map(({ node }) => node.email)).toEqual([`${name}@${shown}`]);
      }
      expectType(await createUser(admin, { email: `${name}@${domain}` }), 'EmailTaken');
    }
  });

  test('can be set by an administrator and by a change of address', async () => {
    const name = named();
    const created = expectType(await createUser(admin, { email: uniqueEmail() }), 'AdminUser').user;
    expectType(await updateUser(admin, created.id, { email: `${name}@${shown}` }), 'AdminUser');
    expect(await showUser(admin, created.id)).toMatchObject({ email: `${name}@${shown}` });
    const person = await signUp(app);
    const changed = await startEmailChange(app, person, `${named()}@${ascii}`);
    expect(changed).toBeDefined();
  });
});

test('an address in invisible characters is the same account', async () => {
  const { email, user } = await signUp(app);
  for (const pasted of [`${email}\u200b`, `\u202a${email}\u202c`, `\ufeff${email}`, `\u200b${email}\u2069`]) {
    expect(expectType(await login(app.client(), pasted, PASSWORD), 'Authenticated').user.id).toBe(user.id);
  }
});

test('a look-alike never reaches the account of another address (T31, T104)', async () => {
  const { email, accessToken, client } = await signUp(app, app.client(), `${named()}.k@example.com`);
  const before = (await app.mail(email, 0)).length;
  for (const lookalike of [
    email.replace('.k@', '.\u212a@'), // the Kelvin sign
    email.replace('@example', '@ex\u0430mple'), // a Cyrillic а
    email.replace('@example', '@exam\u00adple'), // a soft hyphen
    email.replace('@example', '@exam\u0131ple'),
  ]) {
    const { requestPasswordReset } = await app
      .client()
      .request(RequestPasswordResetDocument, { input: { identifier: lookalike } });
    expect(['InvalidInput', 'Challenge']).toContain(requestPasswordReset.__typename);
  }
  expect((await app.mail(email, 0)).length).toBe(before);
  expect(await me(client, accessToken)).toMatchObject({ email });
});
