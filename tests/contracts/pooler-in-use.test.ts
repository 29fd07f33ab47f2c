import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { LoginDocument } from '../../schema/generated/graphql.ts';
import { startApp } from '../support/app.ts';
import { freshDatabase } from '../support/databases.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../support/sessions.ts';

describePostgres('a pooler in transaction mode without pgbouncer=true', () => {
  test('the log says what to do when prepared statements are missing', async () => {
    const database = await freshDatabase(await postgresServer());
    const app = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: database.url, DATABASE_POOL_SIZE: '1' });
    const { email, password, client } = await registerUser(app.client());
    const input = { identifier: email, password };
    let isOver = false;
    // As on a connection that another client had in between.
    const forget = async () => {
      while (!isOver) await app.app.services.db.execute(sql`deallocate all`);
    };
    const forgetting = forget();
    const findLine = () => app.logged.find((line) => JSON.stringify(line).includes('a resolver failed'));
    for (let attempt = 0; attempt < 100 && !findLine(); attempt++) await client.send(LoginDocument, { input });
    isOver = true;
    await forgetting;
    expect(JSON.stringify(findLine())).toContain(
      'the server is a pooler such as PgBouncer in transaction mode: add pgbouncer=true to DATABASE_URL',
    );
    await app.close();
    await database.drop();
  });
});
