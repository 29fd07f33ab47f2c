import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FixtureObject } from '../../src/features/transfer/django-fixture/django-export.service.ts';
import { createPrimaryKeys } from '../../src/features/transfer/django-fixture/keys.ts';
import {
  createExportWriter,
  EXPORT_FORMATS,
  type ExportFormat,
} from '../../src/features/transfer/formats/export-writer.ts';
import type { ImportFormat } from '../../src/features/transfer/formats/formats.ts';
import { ids, listUsers, signInWithRoles, type UserWithRoles } from '../support/admins.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { importText } from '../support/imports.ts';
import { uniqueEmail } from '../support/people.ts';

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

async function find(email: string) {
  const [id] = ids(await listUsers(admin, { filter: { search: email } }));
  const query = `{ user(id: "${id}") { permissions publicMetadata privateMetadata } }`;
  const { data } = await admin.client.post({ query }, { token: admin.token });
  return (data as { user: object | null }).user;
}

const importOne = async (record: object, format: ImportFormat = 'jsonl', columns = {}) =>
  importText(app, JSON.stringify(record), { format, columns });

async function exportText(format: ExportFormat): Promise<string> {
  const writer = createExportWriter(format, true);
  let text = writer.head;
  await app.app.services.exportAccounts({
    withHashes: true,
    format,
    write: async (accounts) => {
      for (const account of accounts) text += writer.row(account);
    },
  });
  return text;
}

describe('permissions and metadata', () => {
  test.each(EXPORT_FORMATS)('survive an export as %s and an import of it', async (format) => {
    const other = await startApp();
    const given = [
      {
        permissions: ['=sum', '[odd]', 'a,b', 'orders:read'],
        publicMetadata: { plan: 'pro, "gold"\n', tags: ['я', 1.5, true, null], inner: { a: {} } },
        privateMetadata: { note: "'=1" },
      },
      { permissions: ['-x', 'orders:read'], publicMetadata: { a: 1 }, privateMetadata: {} },
      { permissions: [], publicMetadata: {}, privateMetadata: { b: [] } },
      { permissions: [], publicMetadata: {}, privateMetadata: {} },
    ].map((data) => ({ email: uniqueEmail('transfer'), ...data }));
    for (const account of given) await importOne(account);
    const text = await exportText(format);
    const { counts } = await importText(other, text, { format });
    expect(counts).toMatchObject({ refused: 0, leftOut: 0 });
    const reader = await signInWithRoles(other, 'ADMIN');
    const query =
      '{ users(first: 50, filter: { search: "transfer" }) { nodes { email permissions publicMetadata privateMetadata } } }';
    const { data, errors } = await reader.client.post({ query }, { token: reader.token });
    expect(errors).toEqual([]);
    const { nodes } = (data as { users: { nodes: { email: string }[] } }).users;
    for (const account of given) expect(nodes.find(({ email }) => email === account.email)).toEqual(account);
    await other.close();
  });

  test.each([
    ['a list', ['b', 'a', 'b']],
    ['JSON text of a list', '["b","a"]'],
    ['words between spaces', 'b a'],
    ['words between commas', 'b,a'],
  ])('are imported from %s', async (_, permissions) => {
    const email = uniqueEmail();
    await importOne({ email, permissions, publicMetadata: '{"plan":"pro"}' });
    expect(await find(email)).toEqual({
      permissions: ['a', 'b'],
      publicMetadata: { plan: 'pro' },
      privateMetadata: {},
    });
  });

  test.each<[string, object, string]>([
    ['a permission with a quote', { permissions: ['a"b'] }, 'permissions'],
    ['101 permissions', { permissions: Array.from({ length: 101 }, (_, n) => `p${n}`) }, 'permissions'],
    ['permissions that are numbers', { permissions: [1] }, 'permissions'],
    ['metadata of more than 4 KiB', { publicMetadata: { text: 'x'.repeat(4096) } }, 'publicMetadata'],
    ['metadata that is a list', { privateMetadata: [1] }, 'privateMetadata'],
    ['metadata that is text', { privateMetadata: 'text' }, 'privateMetadata'],
    ['metadata with a NUL', { publicMetadata: { a: '\0' } }, 'publicMetadata'],
    ['metadata with __proto__', { publicMetadata: JSON.parse('{"__proto__":{"a":1}}') }, 'publicMetadata'],
  ])('%s is rejected with its row, or left out leniently', async (_, columns, field) => {
    const email = uniqueEmail();
    const strict = await importText(app, JSON.stringify({ email, ...columns }));
    expect(strict.problems.map((problem) => problem.split(',')[2])).toEqual([field]);
    expect(strict.counts).toMatchObject({ created: 0, refused: 1 });
    const lenient = await importText(app, JSON.stringify({ email, ...columns }), { lenient: true });
    expect(lenient.counts).toMatchObject({ created: 1, leftOut: 1 });
    expect(await find(email)).toEqual({ permissions: [], publicMetadata: {}, privateMetadata: {} });
  });

  test('of Clerk are imported, but not what its users can write', async () => {
    const email = uniqueEmail();
    const record = {
      id: 'user_1',
      primary_email_address: email,
      public_metadata: { plan: 'pro' },
      private_metadata: { note: 'n' },
      unsafe_metadata: { role: 'admin' },
      permissions: ['all'],
    };
    await importOne(record, 'clerk');
    expect(await find(email)).toEqual({
      permissions: [],
      publicMetadata: { plan: 'pro' },
      privateMetadata: { note: 'n' },
    });
  });

  test.each(['auth0', 'supabase'] as const)(
    'of %s are imported only from columns that the operator names',
    async (format) => {
      const record = {
        user_metadata: { a: 1 },
        app_metadata: { b: 2 },
        publicMetadata: { c: 3 },
        permissions: ['all'],
      };
      const [first, second] = [uniqueEmail(), uniqueEmail()];
      await importOne({ ...record, email: first }, format);
      expect(await find(first)).toEqual({ permissions: [], publicMetadata: {}, privateMetadata: {} });
      await importOne({ ...record, email: second }, format, {
        privateMetadata: 'app_metadata',
        permissions: 'permissions',
      });
      expect(await find(second)).toEqual({ permissions: ['all'], publicMetadata: {}, privateMetadata: { b: 2 } });
    },
  );

  test('are reported by an export to Django, unless a column is named', async () => {
    const email = uniqueEmail('django');
    await importOne({ email, permissions: ['a'], publicMetadata: { plan: 'pro' } });
    const exportOne = async (map: Record<string, string>) => {
      const objects: FixtureObject[] = [];
      const problems: { id: string; field: string }[] = [];
      await app.app.services.exportToDjango({
        withHashes: false,
        keys: createPrimaryKeys({ pairs: [], areIds: false, areComplete: false }),
        dump: undefined,
        model: undefined,
        map,
        write: async (some) => void objects.push(...some),
        onProblem: (problem) => void problems.push(problem),
      });
      const fields = objects.find((object) => object.fields.email === email)?.fields;
      const [id] = ids(await listUsers(admin, { filter: { search: email } }));
      return { fields, missing: problems.filter((problem) => problem.id === id).map(({ field }) => field) };
    };
    expect((await exportOne({})).missing).toEqual(['permissions', 'publicMetadata']);
    const mapped = await exportOne({ permissions: 'grants', publicMetadata: 'data' });
    expect(mapped).toMatchObject({ fields: { grants: ['a'], data: { plan: 'pro' } }, missing: [] });
  });
});
