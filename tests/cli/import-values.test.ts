import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { exportedAccounts, importText } from '../support/imports.ts';
import { lines } from '../support/other-systems/sample.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const row = (values: object) =>
  lines({
    email: `v${JSON.stringify(values)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')}@values.example`,
    ...values,
  });
test.each([
  [{ emailVerified: '2024-05-31T09:00:00.123456+00:00' }, true],
  [{ emailVerified: 1717146000 }, true],
  [{ emailVerified: '1717146000123' }, true],
  [{ emailVerified: 'TRUE' }, true],
  [{ emailVerified: 1 }, true],
  [{ emailVerified: '' }, false],
  [{ emailVerified: null }, false],
  [{ emailVerified: 'NULL' }, false],
  [{ emailVerified: '\\N' }, false],
  [{ emailVerified: '0000-00-00 00:00:00' }, false],
  [{ emailVerified: '0001-01-01T00:00:00Z' }, false],
  [{ emailVerified: 0 }, false],
])('%j means verified: %s', async (values, expected) => {
  const content = row(values);
  const { problems } = await importText(app, content);
  expect(problems).toEqual([]);
  expect((await exportedAccounts(app))[JSON.parse(content).email]).toMatchObject({ emailVerified: expected });
});

test.each(['maybe', '2999-01-01', { a: 1 }, [], 2])('%j is neither yes, no nor a time', async (emailVerified) => {
  const { problems } = await importText(app, lines({ email: 'never@values.example', emailVerified }));
  expect(problems).toEqual([expect.stringContaining('emailVerified,neither true nor false')]);
});

test.each([
  [{ createdAt: '5/31/2024' }, 'createdAt,a date must begin with the year'],
  [{ lastLoginAt: '05-06-24 9:00' }, 'lastLoginAt,a date must begin with the year'],
  [{ emailVerified: '31.05.2024' }, 'emailVerified,a date must begin with the year'],
  [{ createdAt: '1.71715E+12' }, 'createdAt,a spreadsheet shortened this number'],
  [{ phone: '9.98E+11' }, 'phone,a spreadsheet shortened this number'],
  [{ phone: '+9,98901e+11' }, 'phone,a spreadsheet shortened this number'],
  [{ id: '1.06E+17' }, 'id,a spreadsheet shortened this number'],
])('what a spreadsheet spoiled is named, with what to do: %j', async (values, reason) => {
  const { problems } = await importText(app, row(values));
  expect(problems).toEqual([expect.stringContaining(reason)]);
  expect(problems[0]).toContain('export again');
});

test('--map takes paths, and a name that no row has is reported', async () => {
  const content = lines({
    contact: { emails: [{ address: 'path@values.example' }], name: 'Ada' },
    'a.b': 'Company',
    meta: '{"since":1717146000}',
  });
  const columns = {
    email: 'contact.emails.0.address',
    firstName: 'contact.name',
    companyName: 'a.b',
    createdAt: 'meta.since',
    lastName: 'contact.surname',
  };
  const { problems, notes } = await importText(app, content, { columns });
  expect(problems).toEqual([]);
  expect(notes).toEqual(['contact.surname: no row has this column, which --map names']);
  expect((await exportedAccounts(app))['path@values.example']).toMatchObject({
    firstName: 'Ada',
    companyName: 'Company',
    createdAt: '2024-05-31T09:00:00.000Z',
  });
});
