import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_ARGON2, startApp, type TestApp } from '../../support/app.ts';
import { login, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

// Password rules, seen from a sign-up.

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ...DEFAULT_ARGON2, EMAIL_VERIFICATION: 'off', PUBLIC_URL: 'http://auth.example.com' });
});
afterAll(() => app.close());

async function registerWith(password: string, email = uniqueEmail()) {
  expectType(await register(app.client(), { email, password }), 'Authenticated');
  return {
    email,
    opens: async (attempt: string) => (await login(app.client(), email, attempt)).__typename === 'Authenticated',
  };
}

async function getProblem(password: string, about: { email?: string; firstName?: string; companyName?: string } = {}) {
  const input = { email: uniqueEmail(), password, ...about };
  const { fields } = expectType(await register(app.client(), input), 'InvalidInput');
  expect(fields).toHaveLength(1);
  return fields[0];
}

const CHARACTERS = 'lantern violet 92 harbour.'.repeat(10);

describe('an accepted password', () => {
  const TAKEN = [
    ['a long plain phrase', 'horse rides slowly home tonight'],
    ['fifteen emoji', '🦊🌵🚲🎻🥝🧭🐙🪁🌋🧵🥨🛶🐝🎲🧊'],
    ['lowercase letters alone', 'brackishlanternviolet'],
    ['64 characters', CHARACTERS.slice(0, 64)],
    ['128 characters', CHARACTERS.slice(0, 128)],
    ['256 characters', CHARACTERS.slice(0, 256)],
    ['space at the ends and inside', '  violet harbour  92\tlantern '],
    ['another script', 'кошка гуляет по крыше в среду'],
  ] as const;

  test.each(TAKEN)('counts every character: %s (T22, T23, T25, T27)', async (_, password) => {
    const { opens } = await registerWith(password);
    expect(await opens(password)).toBe(true);
    // Also the last one and those beyond bcrypt's 72 bytes.
    expect(await opens(`${[...password].slice(0, -1).join('')}?`)).toBe(false);
    expect(await opens(`${password}?`)).toBe(false);
    expect(await opens([...password].slice(0, -1).join(''))).toBe(false);
  });

  test('keeps its spaces (T27)', async () => {
    const { opens } = await registerWith(' violet-harbour-92-lantern ');
    for (const other of ['violet-harbour-92-lantern', ' violet-harbour-92-lantern', 'violet-harbour-92-lantern '])
      expect(await opens(other)).toBe(false);
  });

  test('counts letter case and compatibility forms, but not composition: NFC and NFD are the same (T27)', async () => {
    const password = 'Zoë-fjällräven-92-ﬁne';
    const { opens } = await registerWith(password.normalize('NFD'));
    expect(await opens(password.normalize('NFC'))).toBe(true);
    expect(await opens(password.normalize('NFD'))).toBe(true);
    expect(await opens(password.toLowerCase())).toBe(false);
    expect(await opens(password.normalize('NFKC'))).toBe(false);
  });
});

describe('a password is rejected', () => {
  test('when it is too short, with the minimum length (T22)', async () => {
    expect(await getProblem('x7$Qz9!')).toEqual({
      path: 'password',
      code: 'TOO_SHORT',
      message: 'Use at least 8 characters.',
      limit: 8,
    });
  });

  test('when it is easy to guess, with a reason (T22)', async () => {
    expect(await getProblem('january2024')).toEqual({
      path: 'password',
      code: 'TOO_WEAK',
      message: expect.stringContaining('too easy to guess'),
      limit: 3,
    });
  });

  test('when it is on the list of common passwords (T26)', async () => {
    for (const password of ['password1', 'iloveyou', 'SUNSHINE', 'trustno1', 'qwertyuiop'])
      expect(await getProblem(password)).toMatchObject({
        code: 'BREACHED',
        message: expect.stringContaining('lists'),
      });
  });

  test('when it is the product, the host, or the user’s own address or name (T26)', async () => {
    const email = uniqueEmail('katherine');
    const about = { email, firstName: 'Katherine', companyName: 'Langley Computers' };
    const own = ['LatchKey', 'auth.example.com', email, email.split('@')[0] ?? '', 'katherine', 'langley computers'];
    for (const password of own) {
      const problem = await getProblem(password, about);
      expect(['TOO_WEAK', 'BREACHED']).toContain(problem?.code);
      expect(problem?.message).toMatch(/own data|name of this service|lists/);
    }
  });

  test('when it is longer than the maximum, before it is hashed or counted (T24)', async () => {
    const email = uniqueEmail();
    const client = app.client();
    for (const password of ['p'.repeat(257), 'p'.repeat(4096), 'ж'.repeat(2048), '🦊'.repeat(1024)]) {
      const { fields } = expectType(await register(client, { email, password }), 'InvalidInput');
      expect(fields).toMatchObject([{ path: 'password', code: 'TOO_LONG' }]);
    }
    expect(await rows(app.app.services.db, sql`select id from users where email = ${email}`)).toEqual([]);
    // The cool-down has not begun.
    expectType(await register(client, { email, password: PASSWORD }), 'Authenticated');
  });

  test('when it is ill-formed UTF-16, which would all become the same UTF-8 (T27)', async () => {
    const { email, opens } = await registerWith('violet-harbour-92-\ufffd');
    const query = 'mutation($i: LoginInput!) { login(input: $i) { __typename } }';
    for (const surrogate of ['\\ud83e', '\\udd8a', '\\uD800\\uD800']) {
      const attempt = `{"identifier":"${email}","password":"violet-harbour-92-${surrogate}"}`;
      const response = await app.client().post(`{"query":"${query}","variables":{"i":${attempt}}}`);
      expect([response.status, response.data]).toEqual([400, undefined]);
    }
    expect(await opens('violet-harbour-92-\ufffd')).toBe(true);
  });

  test('when its confirmation differs', async () => {
    const input = { email: uniqueEmail(), password: PASSWORD, passwordConfirmation: `${PASSWORD} ` };
    const { fields } = expectType(await register(app.client(), input), 'InvalidInput');
    expect(fields).toMatchObject([{ path: 'passwordConfirmation', code: 'MISMATCH' }]);
    const same = { ...input, passwordConfirmation: PASSWORD };
    expectType(await register(app.client(), same), 'Authenticated');
  });
});

describe('the stored hash', () => {
  test('is argon2id with at least OWASP’s parameters, and salted (T28)', async () => {
    const emails = [await registerWith(PASSWORD), await registerWith(PASSWORD)].map(({ email }) => email);
    const stored = await rows<{ hash: string }>(
      app.app.services.db,
      sql`select hash from passwords join users on users.id = user_id where email in (${emails[0]}, ${emails[1]})`,
    );
    expect(new Set(stored.map(({ hash }) => hash)).size).toBe(2);
    const salts = stored.map(({ hash }) => {
      const [, memory, passes, lanes, salt] =
        /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]{22,})\$[\w+/]{43}$/.exec(hash) ?? [];
      expect(Number(memory)).toBeGreaterThanOrEqual(19_456);
      expect(Number(passes)).toBeGreaterThanOrEqual(2);
      expect(Number(lanes)).toBeGreaterThanOrEqual(1);
      return salt;
    });
    expect(new Set(salts).size).toBe(2);
  });
});
