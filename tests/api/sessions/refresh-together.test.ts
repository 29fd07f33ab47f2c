import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { type RegisteredUser, refreshTokens, registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

// Concurrent refreshes run as one statement.

describePostgres('concurrent refreshes', () => {
  let database: FreshDatabase;
  let app: TestApp;
  const registerUsers = async (count: number): Promise<RegisteredUser[]> => {
    const people: RegisteredUser[] = [];
    for (let index = 0; index < count; index++) people.push(await registerUser(app.client()));
    return people;
  };
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    app = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  test('give every user their own session, and repeated requests the same token (T68)', async () => {
    const people = await registerUsers(12);
    for (let round = 1; round <= 3; round++) {
      const callers = people.flatMap((person) => [person, person]);
      const results = await Promise.all(callers.map((person) => refreshTokens(person.client, person.refreshToken)));
      for (const [index, result] of results.entries()) {
        const person = callers[index];
        expect(result.session.id).toBe(person?.session.id);
        expect(result.user.email).toBe(person?.email);
        expect(result.refreshToken).toBe(results[index ^ 1]?.refreshToken);
        expect(result.refreshToken).not.toBe(person?.refreshToken);
      }
      for (const [index, person] of people.entries()) person.refreshToken = results[2 * index]?.refreshToken ?? '';
    }
  });

  test('do not wait for a session that another transaction has locked (T68)', async () => {
    const [locked, ...others] = await registerUsers(6);
    if (!locked) throw new Error('there are six');
    const sql = postgres(database.url, { max: 1 });
    let waiting: Promise<{ session: { id: string } }> | undefined;
    await sql.begin(async (tx) => {
      await tx`select from sessions where id = ${locked.session.id} for update`;
      waiting = refreshTokens(locked.client, locked.refreshToken);
      const results = await Promise.all(others.map((person) => refreshTokens(person.client, person.refreshToken)));
      expect(results.map(({ session }) => session.id)).toEqual(others.map(({ session }) => session.id));
    });
    expect((await waiting)?.session.id).toBe(locked.session.id);
    await sql.end();
  });
});
