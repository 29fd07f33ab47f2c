import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, read, type Source, sources } from './sources.ts';

/** Which folder of src writes a table. Others use its services, or parts of statements from its `*.sql.ts`. */
const OWNERS: Record<string, string> = {
  users: 'features/accounts',
  lastLogins: 'features/accounts',
  userMetadata: 'features/accounts',
  passwords: 'features/credentials',
  sessions: 'features/sessions',
  revocations: 'features/sessions',
  challenges: 'features/challenges',
  identities: 'features/identities',
  totpFactors: 'features/factors',
  recoveryCodes: 'features/factors',
  passkeys: 'features/factors',
  outbox: 'features/outbox',
  webhookDeliveries: 'features/webhooks',
  suppressedNotices: 'features/send-limits',
  auditEvents: 'features/audit',
  signingKeys: 'features/keys',
  rateLimits: 'infra/store',
};

/** Tables that a trigger writes. */
const BY_TRIGGER = ['lastLogins'];

/** Files that write the tables of others, and why. */
const EXCEPTIONS: Record<string, string> = {
  'features/transfer/import.repo.ts': 'a bulk load: whole batches of finished rows, several tables in one transaction',
};

/** Names in TypeScript and in SQL → the name in TypeScript. */
const TABLES = new Map(
  [
    ...readFileSync(join(ROOT, 'src/infra/db/tables.ts'), 'utf8').matchAll(
      /^export const (\w+) = pgTable\(\s*'(\w+)'/gm,
    ),
  ].flatMap(([, name = '', inSql = '']) => [[name, name] as const, [inSql, name] as const]),
);

const WRITES = [
  /\.(?:insert|update|delete)\(\s*(\w+)\s*\)/g,
  /\b(?:insert into|update|delete from|truncate|merge into)\s+(?:public\.)?["$]?\{?(\w+)/gi,
];

function foreignWrites(of: readonly Source[]): string[] {
  return of.flatMap(({ file, code }) =>
    WRITES.flatMap((pattern) => [...code.matchAll(pattern)])
      .flatMap(([, name = '']) => TABLES.get(name) ?? [])
      .filter((table) => !file.startsWith(`${OWNERS[table]}/`))
      .map((table) => `${file} writes ${table}`),
  );
}

const isMissing = (table: string): boolean => {
  const elsewhere = sources.map((source) => ({ ...source, file: `elsewhere/${source.file}` }));
  return !foreignWrites(elsewhere).some(
    (write) => write.startsWith(`elsewhere/${OWNERS[table]}/`) && write.endsWith(` ${table}`),
  );
};

describe('table owners', () => {
  test('only its owner writes a table', () => {
    const found = foreignWrites(sources).filter((write) => !EXCEPTIONS[write.split(' ')[0] ?? '']);
    expect(found).toEqual([]);
  });

  test('every table has an owner, which writes it', () => {
    expect(Object.keys(OWNERS).sort()).toEqual([...new Set(TABLES.values())].sort());
    expect(Object.keys(OWNERS).filter(isMissing)).toEqual(BY_TRIGGER);
  });

  test('there are no unused exceptions', () => {
    const files = new Set(foreignWrites(sources).map((write) => write.split(' ')[0]));
    expect(Object.keys(EXCEPTIONS).filter((file) => !files.has(file))).toEqual([]);
  });

  test.each([
    'await db.insert(users).values(row);',
    'await tx\n  .update(\n    users\n  ).set(row);',
    'await db.with(over).delete(users).where(condition);',
    'await db.execute(sql`insert into users (id) values (1)`);',
    `await db.execute(sql\`update \${users} set email = null\`);`,
    'await db.execute(sql`DELETE FROM "users"`);',
  ])('a write of another slice is found: %j', (text) => {
    expect(foreignWrites([read('features/sessions/a.repo.ts', text)])).toEqual([
      'features/sessions/a.repo.ts writes users',
    ]);
  });

  test('a read is not a write', () => {
    const text = `db.select().from(users).for('update'); counted.delete(userId); sql\`select from \${users}\`;`;
    expect(foreignWrites([read('features/sessions/a.repo.ts', text)])).toEqual([]);
  });
});
