import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, ROOT, read, type Source, sources } from './sources.ts';

// docs/architecture.md says which folder may import which; these tests enforce it.

/** The tier of each slice, from the page. */
const TIERS = new Map(
  [...readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').matchAll(/^ +tier (\d) +(.+)$/gm)].flatMap(
    ([, tier, slices = '']) =>
      slices
        .trim()
        .split(/\s+/)
        .map((slice) => [slice, Number(tier)] as const),
  ),
);

const findSlice = (file: string): string | undefined => /^features\/([^/]+)\//.exec(file)?.[1];
const findFolder = (file: string): string => file.split('/')[0] ?? '';

/** Ports and the data model: all that a slice may import from infra. */
const PORTS =
  /^infra\/(?:db\/(?:tables|client|conflict|prepared|transact)|store\/(?:rate-limits|revocations)|mail\/mailer|sms\/sms-sender|web\/web)\.ts$/;
/** The lists of gateways and providers, and the types of their entries. */
const REGISTRIES = /^(?:infra\/sms|features\/social\/providers)\/registry\.ts$/;
const DEFINITIONS = /^(?:infra\/sms\/gateway|features\/social\/providers\/definition)\.ts$/;
/** Files that may break a rule, and why. */
const EXCEPTIONS: Record<string, string> = {
  'cli/doctor/database.ts': 'queries the database for more than the service does, such as its version',
  'cli/doctor/deliveries.ts': 'counts failed messages for the doctor alone',
  'cli/doctor/dependencies.ts': 'connects to each dependency without the service',
};

type Rule = (source: Source, imported: Import) => boolean;

/** Each function returns true if the import breaks the rule. */
const RULES: Record<string, Rule> = {
  'core imports only core': ({ file }, { from, isOurs }) =>
    findFolder(file) === 'core' && isOurs && findFolder(from) !== 'core',
  'config imports core, the registries and the types of ports': ({ file }, { from, isOurs, isType }) =>
    /^config[/.]/.test(file) &&
    isOurs &&
    !/^(?:core\/|config[/.])/.test(from) &&
    !REGISTRIES.test(from) &&
    !(isType && (PORTS.test(from) || DEFINITIONS.test(from))),
  'messages import only core': ({ file }, { from, isOurs }) =>
    findFolder(file) === 'messages' && isOurs && !['core', 'messages'].includes(findFolder(from)),
  'infra imports core and the types of the configuration': ({ file }, { from, isOurs, isType }) =>
    findFolder(file) === 'infra' &&
    isOurs &&
    !['core', 'infra'].includes(findFolder(from)) &&
    !(isType && from === 'config.ts'),
  'a slice imports only slices of a lower tier': ({ file }, { from }) => {
    const [slice, other] = [findSlice(file), findSlice(from)];
    return Boolean(slice && other && slice !== other && (TIERS.get(other) ?? 9) >= (TIERS.get(slice) ?? 0));
  },
  'a slice imports ports, not adapters': ({ file }, { from }) =>
    findSlice(file) !== undefined && findFolder(from) === 'infra' && !PORTS.test(from),
  'a slice gets its database as a parameter': ({ file }, { from, isType }) =>
    findSlice(file) !== undefined && from === 'infra/db/client.ts' && !isType,
  'a slice does not import HTTP, commands or the composition root': ({ file }, { from, isOurs }) =>
    findSlice(file) !== undefined &&
    isOurs &&
    !['core', 'config.ts', 'features', 'infra', 'messages'].includes(findFolder(from)),
  'HTTP imports neither SQL nor adapters': ({ file }, { from }) => findFolder(file) === 'http' && /^infra\//.test(from),
  'only the composition root imports adapters': ({ file }, { from }) =>
    ['cli', 'main.ts', 'workers'].includes(findFolder(file)) &&
    /^infra\/(?:store|mail|sms|web)\//.test(from) &&
    !PORTS.test(from),
  'a repo is private to its slice': ({ file }, { from }) =>
    from.endsWith('.repo.ts') && findSlice(from) !== findSlice(file),
  'the API calls services, not repos': ({ file }, { from }) =>
    file.endsWith('.graphql.ts') && from.endsWith('.repo.ts'),
  'only the schema and the composition root import resolvers': ({ file }, { from }) =>
    from.endsWith('.graphql.ts') && !['http/schema.ts', 'app/http.ts'].includes(file),
  'a repo imports no services, resolvers or workers': ({ file }, { from }) =>
    file.endsWith('.repo.ts') && /\.(?:service|graphql|worker)\.ts$/.test(from),
  'only repos and infra contain SQL': ({ file }, { from }) =>
    /^drizzle-orm/.test(from) && !/\.(?:repo|sql)\.ts$/.test(file) && findFolder(file) !== 'infra',
  'only repos import SQL fragments': ({ file }, { from }) =>
    from.endsWith('.sql.ts') && !/\.(?:repo|sql)\.ts$/.test(file),
  'only the commands import the composition root': ({ file }, { from }) =>
    /^(?:app|main|cli)\.ts$/.test(from) && !['main.ts', 'cli.ts', 'cli', 'workers'].includes(findFolder(file)),
};

/** Code that only the named files may contain. */
const PATTERNS: Record<string, { pattern: RegExp; only: readonly string[] }> = {
  'the environment is read in config/environment.ts': { pattern: /\bprocess\.env\b/, only: ['config/environment.ts'] },
  'the time is read in core/clock.ts': {
    pattern: /\bnew Date\(\)|\bDate\.now\b|\bperformance\.now\b/,
    only: ['core/clock.ts'],
  },
  'services write in transact': {
    pattern: /\b(?:db|tx)\.transaction\(/,
    only: [
      'infra/db/transact.ts',
      'infra/db/migrations/session.ts',
      'features/accounts/user.repo.ts', // a savepoint inside the caller's transaction
      'features/keys/key-rotation.service.ts', // nothing follows its commit
      'features/transfer/account-writer.ts', // a bulk load that nothing follows
      'features/admin/user-list.repo.ts', // only reads
    ],
  },
  'only features/invalidation cancels challenges and removes identities': {
    pattern: /\bchallenges\.withdraw\(|\bidentities\.removeAll\(/,
    only: ['features/invalidation/invalidation.service.ts'],
  },
  'only the limits of messages grant permits to send one': {
    pattern: /\bPermit\.(?:consumed|onDelivery)\(/,
    only: [
      'features/send-limits/mail-limits.ts',
      'features/send-limits/notice-limits.ts',
      'features/send-limits/sms-shield.ts',
    ],
  },
  'exports are named': { pattern: /^export (?:default|\*)/m, only: [] },
  'there are no enums': { pattern: /^\s*(?:export )?(?:const )?enum\s/m, only: [] },
};

function findings(of: readonly Source[]): string[] {
  const broken = of.flatMap((source) =>
    source.imports.flatMap((imported) =>
      Object.entries(RULES)
        .filter(([, isBroken]) => isBroken(source, imported))
        .map(([rule]) => `${source.file} imports ${imported.from}: ${rule}`),
    ),
  );
  const matches = of.flatMap(({ file, code }) =>
    Object.entries(PATTERNS)
      .filter(([, { pattern, only }]) => pattern.test(code) && !only.includes(file))
      .map(([rule]) => `${file}: ${rule}`),
  );
  return [...broken, ...matches];
}

describe('the import rules', () => {
  test('hold for every file in src', () => {
    expect(sources.length).toBeGreaterThan(100);
    const violations = findings(sources).filter((finding) => !EXCEPTIONS[finding.split(' ')[0] ?? '']);
    expect(violations).toEqual([]);
  });

  test('have no unused exceptions', () => {
    const files = new Set(findings(sources).map((finding) => finding.split(' ')[0]));
    expect(Object.keys(EXCEPTIONS).filter((file) => !files.has(file))).toEqual([]);
  });

  test('list the tier of every slice, and no others', () => {
    const slices = new Set(sources.flatMap(({ file }) => findSlice(file) ?? []));
    expect([...TIERS.keys()].sort()).toEqual([...slices].sort());
  });

  test.each([
    ['features/audit/audit.ts', "import { x } from '../sessions/session.ts';", 'lower tier'],
    ['features/emails/email.ts', "import type { Login } from '../passwords/login.service.ts';", 'lower tier'],
    ['features/sessions/session.ts', "import { x } from '../keys/keys.repo.ts';", 'private to its slice'],
    ['features/sessions/session.graphql.ts', "import { x } from './session.repo.ts';", 'services, not repos'],
    ['features/sessions/session.repo.ts', "import { x } from './session.service.ts';", 'imports no services'],
    ['features/emails/a.service.ts', "import type { X } from '../passwords/login.graphql.ts';", 'import resolvers'],
    ['features/sessions/session.service.ts', "import { eq } from 'drizzle-orm';", 'contain SQL'],
    ['features/emails/a.service.ts', "import { x } from '../audit/audit.sql.ts';", 'import SQL fragments'],
    ['features/sessions/a.ts', "import { openRedis } from '../../infra/store/redis-client.ts';", 'not adapters'],
    ['features/sessions/a.ts', "import { openDatabase } from '../../infra/db/client.ts';", 'gets its database'],
    ['features/sessions/a.ts', "import {\n  a,\n  b,\n} from '../../http/context.ts';", 'does not import HTTP'],
    ['features/sessions/a.ts', "const x = await import('../../app.ts');", 'composition root'],
    ['config/sms.ts', "import { twilio } from '../infra/sms/twilio/twilio.ts';", 'config imports core'],
    ['core/ids.ts', "import type { Config } from '../config.ts';", 'core imports only core'],
    ['infra/log.ts', "import { createApp } from '../app.ts';", 'infra imports core'],
    ['messages/words.ts', "import { x } from '../features/outbox/outbox.ts';", 'messages import only core'],
    ['http/server.ts', "import { users } from '../infra/db/tables.ts';", 'neither SQL nor adapters'],
    ['main.ts', "import { smtpMailer } from './infra/mail/smtp-mailer.ts';", 'composition root imports adapters'],
    ['http/server.ts', 'if (process.env.DEBUG) log();', 'config/environment.ts'],
    ['features/sessions/a.ts', 'await db.transaction((tx) => work(tx));', 'write in transact'],
    ['features/emails/a.ts', 'await challenges.withdraw(tx, whose, purposes);', 'features/invalidation'],
    ['features/emails/a.ts', 'await outbox.enqueue(tx, Permit.consumed(), message, envelope);', 'permits'],
    ['http/server.ts', 'const now = new Date();', 'core/clock.ts'],
    ['http/server.ts', 'const now = Date.now();', 'core/clock.ts'],
    ['http/index.ts', "export * from './server.ts';", 'exports are named'],
    ['http/server.ts', 'export enum Colour { RED }', 'no enums'],
  ])('find in %s: %s', (file, text, rule) => {
    expect(findings([read(file, text)])).toContainEqual(expect.stringContaining(rule));
  });

  test('ignore comments and dates with arguments', () => {
    const text =
      "// process.env\n/* new Date() */\nconst then = new Date(0); const at = 'http://x';\nimport { a } from './b.ts';";
    expect(findings([read('http/server.ts', text)])).toEqual([]);
  });
});
