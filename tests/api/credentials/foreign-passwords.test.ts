import { hash as argon2 } from '@node-rs/argon2';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { COSTLY_HASHES, FOREIGN_SAMPLES } from '../../support/foreign-hashes.ts';
import { PASSWORD } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

const OURS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

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
});
