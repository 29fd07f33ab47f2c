import { existsSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Config } from '../../config.ts';
import { SECOND, systemClock } from '../../core/clock.ts';
import { createKeyring } from '../../core/secrets.ts';
import { reportTotpSecrets } from '../../features/factors/totp-sealing.service.ts';
import { reportKeys } from '../../features/keys/key-report.ts';
import { type Database, type Db, openDatabase } from '../../infra/db/client.ts';
import { clockDifference, databaseClock } from '../../infra/db/clock.ts';
import type { Disk } from '../../infra/db/disk.ts';
import { DirectoryInUse } from '../../infra/db/embedded-lock.ts';
import { DISK_FULL, READ_ONLY_SERVER } from '../../infra/db/explain.ts';
import { pendingMigrations } from '../../infra/db/migrate.ts';
import { takesWrites } from '../../infra/db/takes-writes.ts';
import { describeFailure } from '../exit.ts';
import { examineDeliveries } from './deliveries.ts';
import { type Finding, finding } from './finding.ts';

const OLDEST_VERSION = 14;
/** Milliseconds. Verifiers with their own clocks tolerate at most a minute. */
const WORST_DIFFERENCE = 5 * SECOND;

export async function examineDatabase(config: Config): Promise<Finding[]> {
  const { database } = config;
  if (database.kind === 'embedded' && !existsSync(database.directory))
    return [finding('good', 'database', 'embedded, created on first use')];
  try {
    const opened = await openDatabase(database);
    return await examine(opened, config).finally(opened.close);
  } catch (error) {
    const { text, remedy } = describeFailure(error);
    return error instanceof DirectoryInUse
      ? [finding('doubtful', 'database', text, 'stop that process to examine its content')]
      : [finding('wrong', 'database', text, remedy ?? ADVICE[database.kind])];
  }
}

const ADVICE = {
  embedded: 'check that this user can read and write DATA_DIR; if its files are damaged, restore a backup',
  postgres: 'check DATABASE_URL, that the server runs, and that it accepts connections from this machine',
};

async function examine({ db, disk }: Database, config: Config): Promise<Finding[]> {
  const server = [await examineVersion(db, config), ...(await examineWrites(db, disk))];
  const pending = await pendingMigrations(db, config.database.schema);
  if (pending > 0) return [...server, behind(pending, config), await examineClock(db)];
  return [
    ...server,
    finding('good', 'migrations', 'up to date'),
    await examineClock(db),
    ...(await examineKeys(db, config)),
    ...(await examineTotpSecrets(db, config)),
    ...(await examineDeliveries(db)),
  ];
}

async function examineVersion(db: Db, { database }: Config): Promise<Finding> {
  const [row] = await db
    .select({ version: sql<string>`current_setting('server_version_num')` })
    .from(sql`(select 1) as one`);
  const major = Math.floor(Number(row?.version) / 10_000);
  const name = database.kind === 'embedded' ? `embedded, in ${database.directory}` : `PostgreSQL ${major}`;
  return major >= OLDEST_VERSION
    ? finding('good', 'database', name)
    : finding('wrong', 'database', `${name} is too old`, `upgrade it to PostgreSQL ${OLDEST_VERSION} or later`);
}

/** What keeps the database from taking writes. */
async function examineWrites(db: Db, disk: Disk): Promise<Finding[]> {
  const problem = !(await takesWrites(db)) ? READ_ONLY_SERVER : (await disk.check()) ? DISK_FULL : undefined;
  return problem ? [finding('wrong', 'database', problem.reason, problem.remedy)] : [];
}

const behind = (pending: number, { production, database }: Config): Finding =>
  production && database.kind === 'postgres'
    ? finding('wrong', 'migrations', `${pending} not applied yet`, 'run: latchkey migrate')
    : finding('doubtful', 'migrations', `${pending} not applied yet; serve applies them`);

async function examineClock(db: Db): Promise<Finding> {
  const difference = await clockDifference(db, systemClock);
  const seconds = (Math.abs(difference) / SECOND).toFixed(1);
  if (Math.abs(difference) <= WORST_DIFFERENCE) return finding('good', 'clock', `${seconds} s from the database's`);
  return finding(
    'doubtful',
    'clock',
    `${seconds} s ${difference > 0 ? 'ahead of' : 'behind'} the database's, whose time the service uses`,
    'synchronise both machines by NTP: other services verify our tokens with their own clocks',
  );
}

async function examineKeys(db: Db, config: Config): Promise<Finding[]> {
  const clock = await databaseClock(db);
  clock.close();
  const keyring = createKeyring(config.secrets);
  const reports = await reportKeys({ db, clock, keyring, accessTtl: config.tokens.longestTtl });
  if (reports.length === 0) return [finding('good', 'signing keys', 'none yet; serve creates the first')];
  const locked = reports.filter(({ opensWith }) => opensWith === 'nothing');
  if (locked.length > 0)
    return [
      finding(
        'wrong',
        'signing keys',
        `SECRET_KEY does not decrypt ${locked.map(({ generation }) => generation).join(', ')}: it has changed since then`,
        'put the previous one into SECRET_KEY_PREVIOUS; if it is lost, run: latchkey keys rotate --now',
      ),
    ];
  const usesPrevious = reports.some(({ opensWith }) => opensWith === 'SECRET_KEY_PREVIOUS');
  if (usesPrevious)
    return [
      finding(
        'doubtful',
        'signing keys',
        'the current one is decrypted by SECRET_KEY_PREVIOUS',
        'run: latchkey keys rotate; keep SECRET_KEY_PREVIOUS until this line is gone and old sessions have ended',
      ),
    ];
  return [finding('good', 'signing keys', `${reports.length}; SECRET_KEY decrypts all that are needed`)];
}

async function examineTotpSecrets(db: Db, config: Config): Promise<Finding[]> {
  const { current, previous, unreadable } = await reportTotpSecrets(db, createKeyring(config.secrets));
  const name = 'totp secrets';
  if (unreadable > 0)
    return [
      finding(
        'wrong',
        name,
        `SECRET_KEY does not decrypt ${unreadable} of ${current + previous + unreadable}: their codes are refused`,
        'put the previous SECRET_KEY into SECRET_KEY_PREVIOUS; if it is lost, reset the second factors of these users',
      ),
    ];
  if (previous > 0)
    return [
      finding(
        'doubtful',
        name,
        `SECRET_KEY_PREVIOUS decrypts ${previous} of ${current + previous}`,
        'serve encrypts them with SECRET_KEY in the background; keep SECRET_KEY_PREVIOUS until this line is gone',
      ),
    ];
  return current > 0 ? [finding('good', name, `SECRET_KEY decrypts all ${current}`)] : [];
}
