import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { createPrimaryKeys } from '../../src/features/transfer/django-fixture/keys.ts';
import { toDjangoHash } from '../../src/features/transfer/django-fixture/password.ts';
import { jsonEntries } from '../../src/features/transfer/formats/json.ts';
import type { ColumnMap } from '../../src/features/transfer/rows.ts';
import { identities, users } from '../../src/infra/db/tables.ts';
import { insertAccount } from '../support/accounts.ts';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { type DjangoDump, djangoPython, type LoadedUser, loadFixture, makeDump } from '../support/django.ts';
import { FOREIGN_SAMPLES } from '../support/foreign-hashes.ts';
import { importText } from '../support/imports.ts';
import { PASSWORD } from '../support/people.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const isMissing = djangoPython === undefined;

interface Exported {
  path: string;
  problems: string[];
}

/** Exports as `users export --format django` does, without starting a process. */
async function exportFixture(
  { app }: TestApp,
  directory: string,
  ids: Record<string, string>,
  { dump, model, map = {} }: { dump?: string; model?: string; map?: ColumnMap },
): Promise<Exported> {
  const objects: object[] = [];
  const problems: string[] = [];
  async function* open() {
    yield readFileSync(String(dump));
  }
  await app.services.exportToDjango({
    withHashes: true,
    keys: createPrimaryKeys({ pairs: Object.entries(ids), areIds: map.id === 'pk', areComplete: dump !== undefined }),
    dump: dump === undefined ? undefined : () => jsonEntries(open, { onSkipped: () => {} }),
    model,
    map,
    write: async (some) => void objects.push(...some),
    onProblem: ({ key, field, reason }) => void problems.push([key, field, reason].join()),
  });
  const path = join(directory, `fixture-${objects.length}.json`);
  writeFileSync(path, JSON.stringify(objects));
  return { path, problems };
}

describe.skipIf(isMissing)(
  isMissing ? 'moving back to a real Django (skipped: no Django)' : 'moving back to a real Django',
  STARTS_PROGRAMS,
  () => {
    let app: TestApp;
    let dump: DjangoDump;
    let directory: string;
    let ids: Record<string, string>;
    let before: LoadedUser[];
    beforeAll(async () => {
      app = await startApp(DEFAULT_ARGON2);
      directory = temporaryDirectory('django-back');
      dump = makeDump(directory, 'auth.User');
      const empty = join(directory, 'empty.json');
      writeFileSync(empty, '[]');
      before = loadFixture(directory, 'auth.User', empty, []);
      const imported = await importText(app, readFileSync(join(directory, 'users.json')), {
        format: 'django',
        emailVerified: true,
      });
      ids = imported.ids;
    });
    afterAll(() => app?.close());

    const find = (loaded: LoadedUser[], name: string) => loaded.find(({ username }) => username === name);

    test('keeps user names and primary keys, and takes passwords, roles, states, new users and identities', async () => {
      const { db } = app.app.services;
      const password = dump.users[0]?.password ?? '';
      // One signs in and so has our hash; one becomes an administrator; one is deleted; one links an identity and unlinks another.
      expectType(await login(app.client(), 'clerk@example.com', password), 'Authenticated');
      const id = (name: string) => ids[String(find(before, name)?.pk)] ?? '';
      await db
        .update(users)
        .set({ roles: ['STAFF', 'ADMIN'], firstName: 'Cleo' })
        .where(eq(users.id, id('clerk')));
      await db
        .update(users)
        .set({ email: 'moved@example.com' })
        .where(eq(users.id, id('verified')));
      await db.delete(users).where(eq(users.id, id('gone')));
      const fresh = await insertAccount(app, { email: 'fresh@example.com' });
      const identity = {
        provider: 'google',
        issuer: 'https://accounts.google.com',
        email: null,
        createdAt: new Date(),
      };
      await db.insert(identities).values({ ...identity, id: newId(new Date()), userId: fresh.id, subject: 'fresh-1' });
      if (dump.allauth) await db.delete(identities).where(eq(identities.subject, 'github-4711'));

      const { path, problems } = await exportFixture(app, directory, ids, { dump: join(directory, 'users.json') });
      const loaded = loadFixture(directory, 'auth.User', path, [password, PASSWORD]);
      expect(loaded).toHaveLength(before.length + 1);
      expect(loaded.slice(0, -1).map(({ pk, username }) => ({ pk, username }))).toEqual(
        before.map(({ pk, username }) => ({ pk, username })),
      );
      expect(find(loaded, 'clerk')).toMatchObject({ right: [true, false], is_superuser: true, first_name: 'Cleo' });
      expect(find(loaded, 'boss')).toMatchObject({
        is_staff: true,
        is_superuser: true,
        first_name: 'Ada',
        email: 'Boss@Example.com',
      });
      expect(find(loaded, 'gone')).toMatchObject({ is_active: false, usable: false });
      expect(find(loaded, 'unusable')).toMatchObject({ usable: false });
      // The hash of a user who was not imported stays as it is.
      expect(find(loaded, 'md5passwordhasher')).toMatchObject({
        email: 'Md5Passwordhasher@Example.com',
        is_active: true,
      });
      expect(find(loaded, 'fresh@example.com')).toMatchObject({
        email: 'fresh@example.com',
        right: [false, true],
        is_staff: false,
      });
      expect(problems).toEqual(
        expect.arrayContaining([
          `${find(before, 'gone')?.pk},,the account was deleted here: the user is made inactive`,
          `${find(before, 'md5passwordhasher')?.pk},,this user was not imported, and stays in Django as it is`,
        ]),
      );
      if (!dump.allauth) return;
      expect(find(loaded, 'verified')?.addresses).toEqual([
        ['Verified@Example.com', false, false],
        ['moved@example.com', true, true],
      ]);
      expect(find(loaded, 'fresh@example.com')).toMatchObject({
        addresses: [['fresh@example.com', true, true]],
        social: [['google', 'fresh-1']],
      });
      expect(problems).toContainEqual(
        expect.stringMatching(/^\d+,socialaccount.socialaccount,its owner has unlinked it/),
      );
      // Loading it again changes nothing.
      expect(loadFixture(directory, 'auth.User', path, [password, PASSWORD])).toEqual(loaded);
    });

    test('works with a custom user model, whose columns are NOT NULL, with and without a dump', async () => {
      const people = temporaryDirectory('django-back-people');
      const other = await startApp();
      try {
        makeDump(people, 'people.Person');
        // A second database like the first: migrating one takes seconds.
        const again = temporaryDirectory('django-back-again');
        copyFileSync(join(people, 'db.sqlite3'), join(again, 'db.sqlite3'));
        const file = join(people, 'users.json');
        const map: ColumnMap = { phone: 'mobile', phoneVerified: 'mobile_verified', companyName: 'organisation' };
        const imported = await importText(other, readFileSync(file), { format: 'django', lenient: true, columns: map });
        await insertAccount(other, { email: 'new@example.com' });
        const withDump = await exportFixture(other, people, imported.ids, { dump: file, map });
        const loaded = loadFixture(people, 'people.Person', withDump.path, [PASSWORD]);
        expect(loaded.find(({ email }) => email === 'new@example.com')).toMatchObject({
          right: [true],
          mobile_verified: false,
        });
        expect(loaded.find(({ mobile }) => mobile === '+998901234567')).toMatchObject({
          mobile_verified: true,
          organisation: 'Orchard',
        });
        expect(new Set(loaded.map(({ email, mobile }) => email ?? mobile)).size).toBe(loaded.length);

        const model = 'people.Person';
        const without = await exportFixture(other, again, imported.ids, {
          model,
          map: { ...map, phone: 'landline', phoneVerified: '' },
        });
        const reloaded = loadFixture(again, 'people.Person', without.path, [PASSWORD]);
        expect(reloaded).toHaveLength(loaded.length);
        expect(reloaded.find(({ email }) => email === 'new@example.com')).toMatchObject({
          right: [true],
          organisation: '',
          landline: '',
        });
      } finally {
        await other.close();
      }
    });
  },
);

test('our hashes and those that Django can verify are written as its hashers read them', () => {
  const byName = (start: string) => FOREIGN_SAMPLES.find(({ name }) => name.startsWith(start))?.hash ?? '';
  expect(toDjangoHash('$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA')).toMatch(/^argon2\$argon2id\$/);
  const padded = byName('Keycloak’s argon2id');
  expect(padded).toContain('==$');
  expect(toDjangoHash(padded)).toBe(`argon2${padded.replaceAll('==', '')}`);
  expect(toDjangoHash(byName('bcrypt of'))).toMatch(/^bcrypt\$\$2a\$/);
  expect(toDjangoHash(byName('Django’s pbkdf2_sha256'))).toBe(byName('Django’s pbkdf2_sha256'));
  expect(
    toDjangoHash(
      `$pbkdf2-sha256$1000$${Buffer.from('salt').toString('base64')}$${Buffer.alloc(32).toString('base64')}`,
    ),
  ).toBe(`pbkdf2_sha256$1000$salt$${Buffer.alloc(32).toString('base64')}`);
  for (const name of ['Keycloak’s pbkdf2-sha256', 'Werkzeug’s scrypt', 'better-auth', 'WordPress', 'Firebase'])
    expect(toDjangoHash(byName(name))).toBeUndefined();
});
