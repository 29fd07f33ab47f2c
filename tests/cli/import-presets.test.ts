import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { exportedAccounts, importText } from '../support/imports.ts';
import { FIREBASE_CONFIG } from '../support/other-systems/firebase.ts';
import { lines } from '../support/other-systems/sample.ts';
import { SAMPLES } from '../support/other-systems/samples.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test.each(SAMPLES)(
  'imports $format: $title',
  async ({ format, content, accounts, keys, problems = [], unused = [] }) => {
    const imported = await importText(app, content, { format, firebaseHashConfig: FIREBASE_CONFIG });
    expect(imported.unreadable).toBeUndefined();
    expect(imported.problems).toEqual(problems);
    expect(imported.notes.map((note) => note.replace(/: .*/, '')).sort()).toEqual([...unused].sort());
    const exported = await exportedAccounts(app);
    for (const [name, fields] of Object.entries(accounts)) expect(exported[name]).toMatchObject(fields);
    if (keys) expect(Object.keys(imported.ids).sort()).toEqual([...keys].sort());
    const again = await importText(app, content, { format, firebaseHashConfig: FIREBASE_CONFIG });
    expect(again.counts).toMatchObject({ created: 0, present: imported.counts?.created });
  },
);

describe('of other systems', () => {
  test('the hashes that a preset puts together sign their owners in', async () => {
    expectType(await login(app.client(), 'k1@keycloak.example', 'lètmein 🦉'), 'Authenticated');
    expectType(await login(app.client(), 'f1@firebase.example', 'user1password'), 'Authenticated');
  });

  test('Firebase’s hashes without their parameters are rejected by name', async () => {
    const content = JSON.stringify({
      users: [{ localId: '1', email: 'f2@firebase.example', passwordHash: 'eA==', salt: 'eA==' }],
    });
    const { problems } = await importText(app, content, { format: 'firebase' });
    expect(problems).toEqual([
      expect.stringMatching(/^1,1,passwordHash,.*Firebase.*--firebase-hash-config.*,refused$/),
    ]);
  });

  test('an account that has only identities gets the same id again, and lists of another shape can be ignored', async () => {
    const row = { user_id: 'github|43', identities: [{ user_id: 43, provider: 'github', connection: 'github' }] };
    const first = await importText(app, lines(row), { format: 'auth0' });
    const second = await importText(app, lines(row), { format: 'auth0' });
    expect(second.ids).toEqual(first.ids);
    expect(second.counts).toMatchObject({ created: 0, present: 1 });
    const other = lines({ email: 'shape@other.example', identities: { google: 1 } });
    expect((await importText(app, other)).problems).toEqual([expect.stringContaining('--map identities=')]);
    expect((await importText(app, other, { columns: { identities: '' } })).counts).toMatchObject({ created: 1 });
  });
});
