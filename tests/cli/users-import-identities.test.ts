import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IdentitiesDocument, UnlinkIdentityDocument } from '../../schema/generated/graphql.ts';
import { login } from '../support/calls.ts';
import { apiClient, expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { startService } from '../support/program.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { exportAll, importAgain, importCounts, importFile, PASSWORD_OF_HASH, QUICK_HASH } from '../support/transfer.ts';

const SECRET_KEY = randomBytes(32).toString('base64');

describePostgres('identities in an import', () => {
  let database: FreshDatabase;
  let env: Record<string, string>;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    env = { DATABASE_URL: database.url, SECRET_KEY };
  });
  afterAll(() => database?.drop());

  test('applies django-allauth rows only to their own users, wherever they are in the dump', async () => {
    const user = (pk: number, email: string) => ({
      model: 'shop.customer',
      pk,
      fields: { email, password: '!', last_login: null, date_joined: `2020-01-${pk + 10}` },
    });
    const emailAddress = (owner: number, email: string, verified = true) => ({
      model: 'account.emailaddress',
      pk: email.length,
      fields: { user: owner, email, verified, primary: true },
    });
    const social = (pk: number, owner: number, provider: string, uid: string) => ({
      model: 'socialaccount.socialaccount',
      pk,
      fields: { user: owner, provider, uid },
    });
    const dump = [
      social(1, 11, 'google', '1'),
      emailAddress(11, 'Own@allauth.example'),
      emailAddress(11, 'other@allauth.example'),
      user(11, 'own@allauth.example'),
      user(12, 'other@allauth.example'),
      user(13, 'unverified@allauth.example'),
      emailAddress(13, 'unverified@allauth.example', false),
      social(2, 12, 'google', '1'),
      social(3, 99, 'google', '3'),
      social(4, 12, 'acme', '4'),
      social(5, 12, 'toString', '5'),
    ];
    const options = ['--issuer', 'acme=https://acme.example'];
    const { stdout, refused, file } = await importFile(env, 'allauth.json', JSON.stringify(dump), options);
    expect(stdout).toBe(`${importCounts(3, 3, 0, 3)}2 identities at providers created\n1 fields left out\n`);
    expect(refused.sort()).toEqual([
      '11,5,identities,unknown provider tostring: pass its issuer with --issuer tostring=https://…,refused',
      '3,21,email,not the address of an imported account: other addresses are not imported,left out',
      '8,2,identities,another account has this identity,refused',
      '9,3,identities,its user was not imported,refused',
    ]);
    const found = (await exportAll(env)).stdout.split('\n').filter((line) => line.includes('@allauth.example'));
    expect(found.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        email: 'own@allauth.example',
        emailVerified: true,
        identities: [{ provider: 'google', issuer: 'https://accounts.google.com', subject: '1', email: null }],
      }),
      expect.objectContaining({
        email: 'other@allauth.example',
        emailVerified: false,
        identities: [{ provider: 'acme', issuer: 'https://acme.example', subject: '4', email: null }],
      }),
      expect.objectContaining({ email: 'unverified@allauth.example', emailVerified: false }),
    ]);
    expect((await importAgain(env, file, options)).stdout).toBe(`${importCounts(3, 0, 3, 3)}1 fields left out\n`);

    const two = [user(1, 'a@two.example'), { ...user(2, 'b@two.example'), model: 'Shop.clerk' }];
    const ambiguous = await importFile(env, 'two.json', JSON.stringify(two));
    expect(ambiguous).toMatchObject({
      code: 65,
      stdout: '',
      stderr: expect.stringMatching(/shop.customer.*shop.clerk.*--model/),
    });
    const chosen = await importFile(env, 'two.json', JSON.stringify(two), ['--model', 'shop.Clerk']);
    expect(chosen.stdout).toBe(importCounts(1, 1, 0, 0));
  });

  test('adds no identity to an existing account just because the file has its address (T34)', async () => {
    const existing = JSON.stringify({ email: 'here@before.example', emailVerified: true, createdAt: '2019-01-01' });
    await importFile(env, 'before.jsonl', existing);
    // An attacker may have signed up on the other system with this address without verifying it.
    const dump = [
      {
        model: 'shop.customer',
        pk: 1,
        fields: { email: 'here@before.example', password: '!', last_login: null, date_joined: '2020-01-01' },
      },
      { model: 'socialaccount.socialaccount', pk: 2, fields: { user: 1, provider: 'google', uid: 'mallory' } },
    ];
    for (const options of [['--dry-run'], []]) {
      const { code, stdout, refused } = await importFile(env, 'mallory.json', JSON.stringify(dump), options);
      expect({ code, refused }).toEqual({
        code: 0,
        refused: ['2,2,identities,"the account existed already, or was used since: its owner can link it",left out'],
      });
      expect(stdout).not.toMatch(/identities/);
    }
    expect((await exportAll(env)).stdout).not.toContain('mallory');
  });

  test('does not restore an identity that the user has unlinked', async () => {
    const unlinked = 'unlinked@again.example';
    const person = (pk: number, email: string) => [
      {
        model: 'shop.customer',
        pk,
        fields: { email, password: QUICK_HASH, last_login: null, date_joined: '2020-01-01' },
      },
      { model: 'socialaccount.socialaccount', pk, fields: { user: pk, provider: 'google', uid: `of-${email}` } },
    ];
    const dump = JSON.stringify([...person(1, unlinked), ...person(2, 'kept@again.example')]);
    const { file } = await importFile(env, 'again.json', dump, ['--email-verified']);

    const service = await startService(env);
    const client = apiClient(service.url);
    const { accessToken: token } = expectType(await login(client, unlinked, PASSWORD_OF_HASH), 'Authenticated');
    const [identity] = (await client.request(IdentitiesDocument, undefined, { token })).me?.identities ?? [];
    const { unlinkIdentity } = await client.request(UnlinkIdentityDocument, { id: identity?.id ?? '' }, { token });
    expectType(unlinkIdentity, 'IdentityUnlinked');
    await service.stop();

    const again = await importAgain(env, file, ['--email-verified']);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(importCounts(2, 0, 2, 0)) });
    expect(again.refused).toEqual([expect.stringMatching(/^2,1,identities,.*,left out$/)]);
    expect((await exportAll(env)).stdout).toContain('of-kept@again.example');
    expect((await exportAll(env)).stdout).not.toContain(`of-${unlinked}`);
  });

  test('links identities when an interrupted import is run again', async () => {
    const account = (pk: number) => ({
      model: 'shop.customer',
      pk,
      fields: { email: `${pk}@stopped.example`, password: '!', last_login: '2021-01-01', date_joined: '2020-01-01' },
    });
    const identity = (owner: number) => ({
      model: 'socialaccount.socialaccount',
      pk: owner,
      fields: { user: owner, provider: 'google', uid: `stopped-${owner}` },
    });
    await importFile(env, 'stopped.json', JSON.stringify([account(1), account(2)]));
    const all = JSON.stringify([identity(1), account(1), identity(2), account(2)]);
    const { code, stdout } = await importFile(env, 'stopped.json', all);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${importCounts(2, 0, 2, 0)}2 identities at providers created\n`,
    });
  });

  test('rejects both rows if two have the same id or identity', async () => {
    const id = '2b9a7f5c-3f6e-4d0f-9d57-0a3f5c1e2b4d';
    const identities = [{ provider: 'google', issuer: 'https://accounts.google.com', subject: 'of-two' }];
    const rows = [
      { id, email: 'first@double.example' },
      { id: id.toUpperCase(), email: 'second@double.example', passwordHash: QUICK_HASH },
      { email: 'third@double.example', identities },
      { email: 'fourth@double.example', identities: [...identities, ...identities] },
      { email: 'fifth@double.example' },
    ];
    for (const options of [['--dry-run'], []]) {
      const content = rows.map((row) => JSON.stringify(row)).join('\n');
      const { refused } = await importFile(env, 'double.jsonl', content, options);
      expect(refused).toEqual([
        `1,${id},id,another row of the file has the same id,refused`,
        `2,${id.toUpperCase()},id,another row of the file has the same id,refused`,
        '3,,identities,another row of the file has the same identity,refused',
        '4,,identities,another row of the file has the same identity,refused',
      ]);
    }
    expect((await exportAll(env)).stdout.match(/\w+@double/g)).toEqual(['fifth@double']);
  });
});
