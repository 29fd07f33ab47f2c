import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FixtureObject } from '../../src/features/transfer/django-fixture/django-export.service.ts';
import { createPrimaryKeys } from '../../src/features/transfer/django-fixture/keys.ts';
import { jsonEntries } from '../../src/features/transfer/formats/json.ts';
import type { ColumnMap } from '../../src/features/transfer/rows.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { importText } from '../support/imports.ts';

const MODEL = 'auth.user';
/** The columns of Django's own model, which has none for a number or a company. */
const fields = { username: 'ada', email: 'ada@columns.example', password: '!', last_login: null, is_active: true };
const content = JSON.stringify([{ model: MODEL, pk: 1, fields: { ...fields, first_name: 'Ada' } }]);

let app: TestApp;
let ids: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  ids = (await importText(app, content, { format: 'django' })).ids;
  const fresh = {
    email: 'new@columns.example',
    phone: '+998901234567',
    phoneVerified: true,
    companyName: 'Orchard',
    lastName: 'L',
    isActive: false,
  };
  await importText(app, JSON.stringify(fresh));
});
afterAll(() => app.close());

async function exportFields(hasDump: boolean, map: ColumnMap = {}) {
  const objects: FixtureObject[] = [];
  const problems: string[] = [];
  async function* open() {
    yield Buffer.from(content);
  }
  await app.app.services.exportToDjango({
    withHashes: true,
    keys: createPrimaryKeys({ pairs: Object.entries(ids), areIds: false, areComplete: hasDump }),
    dump: hasDump ? () => jsonEntries(open, { onSkipped: () => {} }) : undefined,
    model: MODEL,
    map,
    write: async (some) => void objects.push(...some),
    onProblem: ({ field, reason }) => void problems.push(`${field}: ${reason.replace(/,.*/, '')}`),
  });
  return { fields: objects.find(({ fields }) => fields.email === 'new@columns.example')?.fields ?? {}, problems };
}

test.each([true, false])(
  'values without a column in the user model are reported and not written (dump: %s)',
  async (hasDump) => {
    const { fields, problems } = await exportFields(hasDump);
    expect(Object.keys(fields).filter((name) => /phone|company|verified/.test(name))).toEqual([]);
    expect(fields).toMatchObject({ is_active: false });
    const reason = 'the user model has no column for it';
    expect(problems.sort()).toEqual(
      [`companyName: ${reason}`, `phone: ${reason}`, ...(hasDump ? [`lastName: ${reason}`] : [])].sort(),
    );
  },
);

test('a column that --map names is written, and an ignored one is not reported', async () => {
  const { fields, problems } = await exportFields(false, { phone: 'mobile', companyName: '' });
  expect(fields).toMatchObject({ mobile: '+998901234567' });
  expect(problems).toEqual([]);
});
