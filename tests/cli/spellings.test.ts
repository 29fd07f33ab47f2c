import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { exportAll, importAgain, importCounts, importFile } from '../support/transfer.ts';

describe('addresses and numbers as people write them, on the command line', () => {
  let env: Record<string, string>;
  beforeAll(async () => {
    env = { DATA_DIR: await dataDirectory() };
  });
  afterAll(() => {});

  const ROWS = [
    { email: 'Ivan@почта.рф', phone: '\u202a+998 90 123\u201145\u201167\u202c', phoneVerified: true },
    { email: 'jane@Müller.de\u200b', phone: '+52 1 55 1234 5678', phoneVerified: true },
    { email: 'ann@example.com', phone: '\u0669\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0668' },
    { email: 'bob@example.com', phone: '+1 800 234 5678' },
    { email: 'kim@\u212aim.com' },
    { email: 'новый@example.com' },
    { email: 'first@straße.de' },
    { email: 'first@xn--strae-oqa.de' },
  ];

  test('an import stores the canonical form, an export has it, and a second import finds the accounts', async () => {
    const lines = ROWS.map((row) => JSON.stringify(row)).join('\n');
    const imported = await importFile(env, 'people.jsonl', lines, ['--phone-prefix', '+998']);
    expect(imported.stdout).toBe(importCounts(8, 3, 0, 5));
    expect(imported.refused).toEqual([
      '4,,phone,numbers of this kind get no text messages,refused',
      '5,,email,not a valid email address in ASCII,refused',
      '6,,email,not a valid email address in ASCII,refused',
      '7,,email,another row of the file has the same address,refused',
      '8,,email,another row of the file has the same address,refused',
    ]);
    const { stdout } = await exportAll(env);
    const exported = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ email, phone }) => ({ email, phone }));
    expect(exported).toHaveLength(3);
    expect(exported).toEqual(
      expect.arrayContaining([
        { email: 'ivan@xn--80a1acny.xn--p1ai', phone: '+998901234567' },
        { email: 'jane@xn--mller-kva.de', phone: '+525512345678' },
        { email: 'ann@example.com', phone: '+998901234568' },
      ]),
    );
    const again = await importAgain(env, imported.file, ['--phone-prefix', '+998']);
    expect(again.stdout).toBe(importCounts(8, 0, 3, 5));
    const other = JSON.stringify({ phone: '+52 55 1234 5678', phoneVerified: true, email: 'eve@example.com' });
    expect((await importFile(env, 'other.jsonl', other)).refused).toEqual([
      '1,,phone,another account has this number,refused',
    ]);
  });

  test('create-superuser finds the account in any spelling of the address', async () => {
    const create = (email: string) =>
      runCommand(['create-superuser', '--email', email, '--password-stdin'], {
        env,
        input: 'nine-cedar-owls-sketching',
      });
    expect(await create('root@bücher.example')).toMatchObject({
      code: 0,
      stdout: 'superuser created: root@bücher.example\n',
    });
    expect(await create('\u200eroot@XN--BCHER-KVA.example')).toMatchObject({
      code: 0,
      stdout: 'the existing account is now a superuser with this password: root@bücher.example\n',
    });
  });
});
