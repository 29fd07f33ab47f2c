import { hash as argon2 } from '@node-rs/argon2';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashKinds } from '../../../src/features/credentials/password.repo.ts';
import { insertAccount } from '../../support/accounts.ts';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { COSTLY_HASHES, FOREIGN_SAMPLES } from '../../support/foreign-hashes.ts';
import { PASSWORD } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

const OURS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^=]+$/;

let app: TestApp;
beforeAll(async () => {
  app = await startApp(DEFAULT_ARGON2);
});
afterAll(() => app.close());

const readHash = async (id: string) =>
  (await rows<{ hash: string }>(app.app.services.db, sql`select hash from passwords where user_id = ${id}`))[0]?.hash;

describe('a password hash of another system', () => {
  test.each(FOREIGN_SAMPLES)(
    'by $name signs its owner in and is replaced by ours (T29)',
    async ({ hash, password }) => {
      const { id, email } = await insertAccount(app, { storedHash: hash });
      expectType(await login(app.client(), email, `${password}!`), 'InvalidCredentials');
      expect(await readHash(id)).toBe(hash);
      expectType(await login(app.client(), email, password), 'Authenticated');
      expect(await readHash(id)).toMatch(OURS);
      expectType(await login(app.client(), email, password), 'Authenticated');
      expectType(await login(app.client(), email, `${password}!`), 'InvalidCredentials');
    },
  );

  test('by bcrypt is kept for a password over 72 bytes, because bcrypt does not check the rest', async () => {
    const password = 'violet-harbour-92-lantern-'.repeat(3);
    const { id, email } = await insertAccount(app, { storedHash: await bcrypt(password, 4) });
    expectType(await login(app.client(), email, `${password.slice(0, 72)}ltnaren`), 'Authenticated');
    expectType(await login(app.client(), email, password), 'Authenticated');
    expect(await readHash(id)).not.toMatch(OURS);
    expectType(await login(app.client(), email, `${password.slice(0, 71)}?`), 'InvalidCredentials');
  });

  test('of our own with older parameters is upgraded at the next sign-in (T29)', async () => {
    const large = await startApp({ ARGON2_MEMORY_KIB: '140000', ARGON2_PASSES: '2' });
    try {
      const stored = await argon2(PASSWORD, { memoryCost: 140_000, timeCost: 1, parallelism: 1 });
      const { email } = await insertAccount(large, { storedHash: stored });
      expectType(await login(large.client(), email, `${PASSWORD}!`), 'InvalidCredentials');
      expectType(await login(large.client(), email, PASSWORD), 'Authenticated');
      const [row] = await rows<{ hash: string }>(large.app.services.db, sql`select hash from passwords`);
      expect(row?.hash).toMatch(/m=140000,t=2,p=1/);
    } finally {
      await large.close();
    }
  });

  test('accepts the password in decomposed form (T27)', async () => {
    // One iteration: this test is about the spelling.
    const stored = 'pbkdf2_sha256$1$salt$NIhMCQHWXFS+cxy07CV/YAZEOpYUNFnuXA8/S9velRo=';
    const { id, email } = await insertAccount(app, { storedHash: stored });
    expectType(await login(app.client(), email, 'e\u0301t\u00e9'), 'Authenticated');
    expect(await readHash(id)).toMatch(OURS);
  });

  test.each(COSTLY_HASHES)('that is too expensive is never verified: %s (F10)', async (stored) => {
    const { id, email } = await insertAccount(app, { storedHash: stored });
    expectType(await login(app.client(), email, 'lètmein 🦉'), 'InvalidCredentials');
    expect(await readHash(id)).toBe(stored);
  });

  // Stored by an earlier version, or changed by hand. The PHC format allows neither the padding nor the missing field.
  test.each([
    '$argon2id$v=19$m=64,t=1,p=1$xkkkxqvIo7/7MNjNSxybCA$oDtKncOvMqW8IdoKraVjVg$more',
    '$argon2id$v=19$m=64,t=1,p=1',
    'not a hash',
    '5f3c8e21a07b4d96:00',
  ])('that cannot be verified is a wrong password and a line in the log: %s', async (stored) => {
    const { email } = await insertAccount(app, { storedHash: stored });
    const before = app.logged.length;
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');
    const lines = app.logged.slice(before).filter((line) => line.includes('cannot be verified'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toMatch(new RegExp(`${email}|xkkkxqvIo7|not a hash`));
  });
});

test('stored hashes are counted by scheme and parameters, without salts (T114)', async () => {
  const fresh = await startApp();
  try {
    for (const { hash } of FOREIGN_SAMPLES) await insertAccount(fresh, { storedHash: hash });
    const kinds = await hashKinds(fresh.app.services.db);
    expect(kinds.map(({ kind, weight }) => `${weight} ${kind}`).sort()).toMatchInlineSnapshot(`
      [
        "1 $2a$06",
        "1 $2y$06",
        "1 $H$9",
        "1 $P$9",
        "1 $P$B",
        "1 $argon2d$v=19$m=512,t=2,p=8 22",
        "1 $argon2i$v=19$m=512,t=2,p=8 22",
        "1 $argon2id$v=19$m=19456,t=2,p=1 43",
        "1 $fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA== 86",
        "1 $pbkdf2$131000 27",
        "1 $pbkdf2-sha1$20000 86",
        "1 $pbkdf2-sha256$27500 86",
        "1 $pbkdf2-sha256$6400 43",
        "1 $pbkdf2-sha256$i=1000,l=32 43",
        "1 $pbkdf2-sha512$25000 86",
        "1 $wp$2y$06",
        "1 :",
        "1 argon2$argon2id$v=19$m=102400,t=2,p=8 22",
        "1 bcrypt$$2b$12",
        "1 bcrypt_sha256$$2b$12",
        "1 pbkdf2:sha1:1000 40",
        "1 pbkdf2:sha256:260000 64",
        "1 pbkdf2:sha512:1000 128",
        "1 pbkdf2_sha1$260000 27",
        "1 pbkdf2_sha256$260000 43",
        "1 pbkdf2_sha512$1000 86",
        "1 scrypt$16384$8$1",
        "1 scrypt$16384$8$5",
        "1 scrypt:32768:8:1 128",
        "1 {bcrypt}$2b$06",
        "2 $argon2id$v=19$m=102400,t=2,p=8 22",
      ]
    `);
  } finally {
    await fresh.close();
  }
});
