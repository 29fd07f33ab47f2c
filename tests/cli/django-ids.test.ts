import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { dataDirectory, freshDatabase } from '../support/databases.ts';
import { findProgram, temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { importFile } from '../support/transfer.ts';

const guide = readFileSync('docs/moving-from-django.md', 'utf8');

describePostgres('the guide for Django', () => {
  test.skipIf(!findProgram('psql'))('fills the column of account ids with its SQL and the file of --ids', async () => {
    const directory = temporaryDirectory('django-ids');
    const dump = [3, 4].map((pk) => {
      const fields = { email: `django-ids-${pk}@example.com`, password: '!', last_login: null };
      return { model: 'auth.user', pk, fields };
    });
    const env = { DATA_DIR: await dataDirectory() };
    const options = ['--format', 'django', '--ids', join(directory, 'ids.csv')];
    expect(await importFile(env, 'users.json', JSON.stringify(dump), options)).toMatchObject({ code: 0, stderr: '' });

    const database = await freshDatabase(await postgresServer(), { migrated: false });
    const sql = postgres(database.url, { max: 1 });
    await sql.unsafe(`create table users_user (id int primary key, latchkey_id uuid unique);
      insert into users_user (id) values (3), (4), (5)`);
    const [, documented = ''] = /```sql\n(CREATE TEMP TABLE ids [\s\S]*?)```/.exec(guide) ?? [];
    execFileSync('psql', [database.url, '-v', 'ON_ERROR_STOP=1'], { input: documented, cwd: directory });
    const found = await sql`select id, latchkey_id from users_user order by id`;
    await sql.end();
    await database.drop();

    const ids = Object.fromEntries(
      readFileSync(join(directory, 'ids.csv'), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')),
    );
    expect(Object.keys(ids)).toEqual(['3', '4']);
    expect(found.map((row) => [row.id, row.latchkey_id])).toEqual([
      [3, ids[3]],
      [4, ids[4]],
      [5, null],
    ]);
  });
});
