import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identities, passwords, users } from '../../src/infra/db/tables.ts';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { apiClient, expectType } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { dataDirectory, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { acceptToken, type DjangoDump, djangoPython, loadFixture, makeDump } from '../support/django.ts';
import { type RunningService, startService } from '../support/program.ts';
import { beginLogin, TIME_STEP, verifySecondFactor } from '../support/second-factors.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, postgresServer, STARTS_PROGRAMS } from '../support/servers.ts';
import { type Imported, importAgain, importFile, PASSWORD_OF_HASH, QUICK_HASH } from '../support/transfer.ts';

const CALLER = { email: 'caller@example.com', password: PASSWORD_OF_HASH };
const OUR_HASH = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;
const isMissing = djangoPython === undefined;
const titleOrSkipped = (text: string) => (isMissing ? `${text} (skipped: no Django)` : text);
const env = { SECRET_KEY: randomBytes(32).toString('base64') };

describe.skipIf(isMissing)(titleOrSkipped('moving from a real Django'), STARTS_PROGRAMS, () => {
  const directory = temporaryDirectory('django');
  let dump: DjangoDump;
  beforeAll(() => {
    dump = makeDump(directory, 'auth.User');
  });

  describePostgres('to PostgreSQL', () => {
    let database: FreshDatabase;
    let app: TestApp;
    let imported: Imported;
    beforeAll(async () => {
      database = await freshDatabase(await postgresServer());
      const file = join(directory, 'users.json');
      imported = await importAgain({ ...env, DATABASE_URL: database.url }, file, [
        '--email-verified',
        '--ids',
        `${file}.ids`,
      ]);
      app = await startApp({ ...DEFAULT_ARGON2, ...env, DATABASE_URL: database.url });
    });
    afterAll(async () => {
      await app?.close();
      await database?.drop();
    });

    const readUser = async (name: string) => {
      const email = `${name}@example.com`;
      const [row] = await app.app.services.db
        .select()
        .from(users)
        .leftJoin(passwords, eq(passwords.userId, users.id))
        .where(eq(users.email, email));
      return { email, user: row?.users, hash: row?.passwords?.hash };
    };

    test('users with a hash of any Django hasher sign in with their password, and then have our hash (T29)', async () => {
      const hashed = dump.users.filter(({ name }) => name.endsWith('hasher') && !name.startsWith('md5'));
      expect(hashed.length).toBeGreaterThanOrEqual(3);
      for (const { name, password, hash } of hashed) {
        const before = await readUser(name);
        expect(before.hash).toBe(hash);
        expectType(await login(app.client(), before.email, `${password}.`), 'InvalidCredentials');
        expectType(await login(app.client(), before.email, password), 'Authenticated');
        expect((await readUser(name)).hash).toMatch(OUR_HASH);
        expectType(await login(app.client(), before.email, password), 'Authenticated');
      }
    });

    test('accounts without a password are imported without one, and hashes that we cannot verify are rejected', async () => {
      expect(await readUser('unusable')).toMatchObject({ user: expect.anything(), hash: undefined });
      expect((await readUser('md5passwordhasher')).user).toBeUndefined();
      const { pk } = dump.users.find(({ name }) => name.startsWith('md5')) ?? {};
      expect(imported.code).toBe(65);
      expect(imported.refused).toContainEqual(
        expect.stringMatching(
          new RegExp(`^\\d+,${pk},passwordHash,this kind of hash is not supported: MD5 \\(md5\\$\\),refused$`),
        ),
      );
    });

    test('superusers become administrators, staff stay staff, and names and states are kept', async () => {
      expect((await readUser('boss')).user).toMatchObject({
        roles: ['STAFF', 'ADMIN'],
        firstName: 'Ada',
        lastName: 'L’Ovelace',
        isActive: true,
      });
      expect((await readUser('clerk')).user?.roles).toEqual(['STAFF']);
      expect((await readUser('gone')).user).toMatchObject({ roles: [], isActive: false });
      const { email } = await readUser('gone');
      const password = dump.users[0]?.password ?? '';
      expectType(await login(app.client(), email, password), 'AccountDisabled');
    });

    test('other rows of the dump are ignored, and importing again changes nothing', async () => {
      const before = await app.app.services.db.select().from(users).orderBy(users.id);
      const { code, stdout } = await importAgain({ ...env, DATABASE_URL: database.url }, imported.file);
      expect(code).toBe(65);
      expect(stdout).toMatch(/: 0 created, \d+ already existed/);
      expect(await app.app.services.db.select().from(users).orderBy(users.id)).toEqual(before);
    });

    test('--ids writes the account id for each primary key', async () => {
      const lines = readFileSync(`${imported.file}.ids`, 'utf8').trimEnd().split('\n');
      const { pk } = dump.users.find(({ name }) => name === 'boss') ?? {};
      expect(lines).toContain(`${pk},${(await readUser('boss')).user?.id}`);
    });

    test('users export --format django writes a fixture that loaddata accepts', async () => {
      const dumped = join(directory, 'users.json');
      const fixture = join(directory, 'back.json');
      const options = ['--format', 'django', '--with-hashes', '--ids', `${dumped}.ids`, '--dump', dumped];
      const exported = await runCommand(['users', 'export', fixture, ...options], {
        env: { ...env, DATABASE_URL: database.url },
      });
      expect(exported).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('accounts exported') });
      expect(readFileSync(`${fixture}.left-out.csv`, 'utf8')).toMatch(
        /^key,id,field,reason\n\d+,,,"?this user was not/,
      );
      const { pk } = dump.users.find(({ name }) => name === 'careful') ?? {};
      if (dump.otp)
        expect(readFileSync(`${fixture}.left-out.csv`, 'utf8')).toMatch(
          new RegExp(`^${pk},[-0-9a-f]+,secondFactors,"?second factors are not written`, 'm'),
        );
      const password = dump.users[0]?.password ?? '';
      const loaded = loadFixture(directory, 'auth.User', fixture, [password]);
      expect(loaded.length).toBe(dump.users.length);
      expect(loaded.find(({ username }) => username === 'boss')).toMatchObject({ is_superuser: true, right: [true] });
    });

    test('authenticator apps and codes of django-otp are imported, without what was used (T107)', async ({ skip }) => {
      if (!dump.otp) return skip('django-otp is not installed');
      const { key, used, tokens } = dump.otp;
      const { email } = await readUser('careful');
      const answer = async (code: { totp: string } | { recoveryCode: string }) => {
        const client = app.client();
        const { challengeId } = await beginLogin(client, email, dump.users[0]?.password);
        return verifySecondFactor(client, { challengeId, ...code });
      };
      const [gone = '', next = ''] = tokens;
      expectType(await answer({ totp: String(used).padStart(6, '0') }), 'ChallengeFailed');
      expectType(await answer({ recoveryCode: gone }), 'ChallengeFailed');
      expectType(await answer({ recoveryCode: next }), 'Authenticated');
      const totp = new TOTP({ secret: Secret.fromHex(key) }).generate({ timestamp: Date.now() + TIME_STEP });
      expectType(await answer({ totp }), 'Authenticated');
      expect(imported.refused).toContainEqual(expect.stringContaining('not confirmed: the user never entered a code'));
    });

    test('identities at Google, Facebook and GitHub are imported (django-allauth)', async ({ skip }) => {
      if (!dump.allauth) skip('django-allauth is not installed');
      const { user } = await readUser('verified');
      const found = await app.app.services.db
        .select()
        .from(identities)
        .where(eq(identities.userId, user?.id ?? ''));
      expect(found.map(({ issuer, subject }) => `${issuer} ${subject}`).sort()).toEqual([
        'https://accounts.google.com google-4711',
        'https://github.com github-4711',
        'https://www.facebook.com facebook-4711',
      ]);
      expect(imported.refused).toContainEqual(expect.stringContaining('unknown provider'));
    });
  });

  describe('with a custom user model, to the embedded database', () => {
    const peopleDirectory = temporaryDirectory('django-people');
    let service: RunningService;
    beforeAll(async () => {
      const data = { DATA_DIR: await dataDirectory() };
      makeDump(peopleDirectory, 'people.Person');
      const columns = ['phone=mobile', 'phoneVerified=mobile_verified', 'companyName=organisation'];
      const { code, stderr } = await importAgain(data, join(peopleDirectory, 'users.jsonl'), [
        '--format',
        'django',
        '--lenient',
        ...columns.flatMap((column) => ['--map', column]),
      ]);
      if (code !== 0 && code !== 65) throw new Error(stderr);
      const caller = JSON.stringify({ email: CALLER.email, emailVerified: true, passwordHash: QUICK_HASH });
      await importFile(data, 'caller.jsonl', caller);
      service = await startService(data);
    });
    afterAll(() => service?.stop());

    test('only addresses that django-allauth has verified are verified', async ({ skip }) => {
      if (!dump.allauth) skip('django-allauth is not installed');
      const password = dump.users[0]?.password ?? '';
      const outcome = await login(apiClient(service.url), 'verified@example.com', password);
      expect(expectType(outcome, 'Authenticated').user).toMatchObject({ email: 'verified@example.com' });
      expectType(await login(apiClient(service.url), 'clerk@example.com', password), 'Challenge');
    });

    test('a Django service with SimpleJWT, configured as documented, accepts our access tokens', async ({ skip }) => {
      if (!dump.simplejwt) skip('SimpleJWT is not installed');
      const outcome = await login(apiClient(service.url), CALLER.email, CALLER.password);
      const { accessToken, user } = expectType(outcome, 'Authenticated');
      const issuer = `http://localhost:${new URL(service.url).port}`;
      expect(acceptToken(accessToken, issuer)).toBe(`${user.id} 1`);
      expect(acceptToken(`${accessToken.slice(0, -6)}AAAAAA`, issuer)).toMatch(/invalid/);
    });
  });
});
