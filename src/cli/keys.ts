import { SECOND } from '../core/clock.ts';
import { createKeyring } from '../core/secrets.ts';
import { type KeyReport, reportKeys } from '../features/keys/key-report.ts';
import { databaseClock } from '../infra/db/clock.ts';
import { openReadyDatabase } from '../infra/db/ready-database.ts';
import { printLine } from './exit.ts';
import { loadConfigOrStop } from './settings.ts';
import { withServices } from './with-services.ts';

const DATABASE_WAIT = 5 * SECOND;

export async function listKeys({ json }: { json?: boolean }): Promise<void> {
  const { config } = loadConfigOrStop();
  const { db, close } = await openReadyDatabase(config, DATABASE_WAIT);
  try {
    const clock = await databaseClock(db);
    const keyring = createKeyring(config.secrets);
    const reports = await reportKeys({ db, clock, keyring, accessTtl: config.tokens.longestTtl });
    clock.close();
    if (json) printLine(JSON.stringify(reports));
    else if (reports.length === 0) printLine('there are no signing keys yet: serve creates the first');
    else for (const report of reports) printLine(formatKey(report));
  } finally {
    await close();
  }
}

function formatKey({ generation, kid, alg, state, signsFrom, retiresAt, opensWith }: KeyReport): string {
  const when = {
    next: `signs from ${signsFrom.toISOString()}`,
    signing: `since ${signsFrom.toISOString()}`,
    retiring: `until ${retiresAt?.toISOString()}`,
    retired: `since ${retiresAt?.toISOString()}`,
  }[state];
  const trouble = {
    SECRET_KEY: '',
    'not needed': '',
    SECRET_KEY_PREVIOUS: '  (decrypted with SECRET_KEY_PREVIOUS)',
    nothing: '  (CANNOT BE DECRYPTED with SECRET_KEY)',
  }[opensWith];
  return `${String(generation).padStart(4)}  ${alg}  ${kid}  ${state.padEnd(8)}  ${when}${trouble}`;
}

export async function rotateKeys({ now }: { now?: boolean }): Promise<void> {
  const { published, key } = await withServices(({ keys }) => keys.rotate({ immediately: now === true }));
  const from = key.signsFrom.toISOString();
  printLine(
    published
      ? `key ${key.generation} (${key.kid}) is published and signs from ${from}`
      : `key ${key.generation} (${key.kid}) is already published and signs from ${from}; nothing was changed`,
  );
}
