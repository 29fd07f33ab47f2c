import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, ROOT, read, type Source, sources } from './sources.ts';

// docs/architecture.md says which room may know which; this holds the sources to it.

/** Of the slices, from the page. */
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
const findRoom = (file: string): string => file.split('/')[0] ?? '';

/** Ports and the data model: what a slice may know of the infrastructure. */
const PORTS =
  /^infra\/(?:db\/(?:tables|client|conflict|prepared|transact)|store\/(?:rate-limits|revocations)|mail\/mailer|sms\/sms-sender|web\/web)\.ts$/;
/** The lists of what the service can be extended with, and the types of their entries. */
const REGISTRIES = /^(?:infra\/sms|features\/social\/providers)\/registry\.ts$/;
const DEFINITIONS = /^(?:infra\/sms\/gateway|features\/social\/providers\/definition)\.ts$/;
/** Files that may do more than their room, and why. */
const EXCEPTIONS: Record<string, string> = {
  'cli/doctor/database.ts': 'queries what the service does not, such as the version',
  'cli/doctor/dependencies.ts': 'tries each dependency without the service',
};

type Rule = (source: Source, imported: Import) => boolean;

/** Each says what an import must not be. */
const RULES: Record<string, Rule> = {
  'core knows nothing but core': ({ file }, { from, isOurs }) =>
    findRoom(file) === 'core' && isOurs && findRoom(from) !== 'core',
  'config knows core, the registries, and of ports their types': ({ file }, { from, isOurs, isType }) =>
    /^config[/.]/.test(file) &&
    isOurs &&
    !/^(?:core\/|config[/.])/.test(from) &&
    !REGISTRIES.test(from) &&
    !(isType && (PORTS.test(from) || DEFINITIONS.test(from))),
  'messages know core': ({ file }, { from, isOurs }) =>
    findRoom(file) === 'messages' && isOurs && !['core', 'messages'].includes(findRoom(from)),
  'infra knows core, and of the configuration its types': ({ file }, { from, isOurs, isType }) =>
    findRoom(file) === 'infra' &&
    isOurs &&
    !['core', 'infra'].includes(findRoom(from)) &&
    !(isType && from === 'config.ts'),
  'a slice knows only slices of a lower tier': ({ file }, { from }) => {
    const [slice, other] = [findSlice(file), findSlice(from)];
    return Boolean(slice && other && slice !== other && (TIERS.get(other) ?? 9) >= (TIERS.get(slice) ?? 0));
  },
  'a slice knows ports, not adapters': ({ file }, { from }) =>
    findSlice(file) !== undefined && findRoom(from) === 'infra' && !PORTS.test(from),
  'a slice is handed its database': ({ file }, { from, isType }) =>
    findSlice(file) !== undefined && from === 'infra/db/client.ts' && !isType,
  'a slice knows nothing of HTTP, of the commands and of who put it together': ({ file }, { from, isOurs }) =>
    findSlice(file) !== undefined &&
    isOurs &&
    !['core', 'config.ts', 'features', 'infra', 'messages'].includes(findRoom(from)),
  'HTTP knows neither SQL nor adapters': ({ file }, { from }) => findRoom(file) === 'http' && /^infra\//.test(from),
  'adapters are named in app.ts': ({ file }, { from }) =>
    ['cli', 'main.ts'].includes(findRoom(file)) && /^infra\/(?:store|mail|sms|web)\//.test(from) && !PORTS.test(from),
  'a repo is private to its slice': ({ file }, { from }) =>
    from.endsWith('.repo.ts') && findSlice(from) !== findSlice(file),
  'the API calls services, not repos': ({ file }, { from }) =>
    file.endsWith('.graphql.ts') && from.endsWith('.repo.ts'),
  'only the schema and the composition root know resolvers': ({ file }, { from }) =>
    from.endsWith('.graphql.ts') && !['http/schema.ts', 'app/http.ts'].includes(file),
  'a repo knows tables and types': ({ file }, { from }) =>
    file.endsWith('.repo.ts') && /\.(?:service|graphql|worker)\.ts$/.test(from),
  'SQL stands in repos and in infra': ({ file }, { from }) =>
    /^drizzle-orm/.test(from) && !/\.(?:repo|sql)\.ts$/.test(file) && findRoom(file) !== 'infra',
  'parts of statements are for repos': ({ file }, { from }) =>
    from.endsWith('.sql.ts') && !/\.(?:repo|sql)\.ts$/.test(file),
  'nothing reaches for what is put together': ({ file }, { from }) =>
    /^(?:app|main|cli)\.ts$/.test(from) && !['main.ts', 'cli.ts', 'cli'].includes(findRoom(file)),
};

/** Each says what code must not contain outside the named files. */
const WORDS: Record<string, { pattern: RegExp; only: readonly string[] }> = {
  'the environment is read in config.ts': { pattern: /\bprocess\.env\b/, only: ['config.ts'] },
  'the machine is asked for the time in core/clock.ts': {
    pattern: /\bnew Date\(\)|\bDate\.now\b|\bperformance\.now\b/,
    only: ['core/clock.ts'],
  },
  'services write in transact': {
    pattern: /\b(?:db|tx)\.transaction\(/,
    only: [
      'infra/db/transact.ts',
      'infra/db/migrate.ts',
      'features/accounts/user.repo.ts', // a savepoint inside the caller's transaction
      'features/keys/key-rotation.service.ts', // nothing follows its commit
      'features/transfer/account-writer.ts', // a bulk load that nothing follows
    ],
  },
  'what a change invalidates stands in the table of features/invalidation': {
    pattern: /\bchallenges\.withdraw\(|\bidentities\.removeAll\(/,
    only: ['features/invalidation/invalidation.service.ts'],
  },
  'exports have names': { pattern: /^export (?:default|\*)/m, only: [] },
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
  const said = of.flatMap(({ file, code }) =>
    Object.entries(WORDS)
      .filter(([, { pattern, only }]) => pattern.test(code) && !only.includes(file))
      .map(([rule]) => `${file}: ${rule}`),
  );
  return [...broken, ...said];
}

describe('the import rules', () => {
  test('hold for every file of src', () => {
    expect(sources.length).toBeGreaterThan(100);
    const kept = findings(sources).filter((finding) => !EXCEPTIONS[finding.split(' ')[0] ?? '']);
    expect(kept).toEqual([]);
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
    ['features/sessions/session.repo.ts', "import { x } from './session.service.ts';", 'tables and types'],
    ['features/emails/a.service.ts', "import type { X } from '../passwords/login.graphql.ts';", 'know resolvers'],
    ['features/sessions/session.service.ts', "import { eq } from 'drizzle-orm';", 'SQL stands'],
    ['features/emails/a.service.ts', "import { x } from '../audit/audit.sql.ts';", 'for repos'],
    ['features/sessions/a.ts', "import { openRedis } from '../../infra/store/redis-client.ts';", 'not adapters'],
    ['features/sessions/a.ts', "import { openDatabase } from '../../infra/db/client.ts';", 'handed its database'],
    ['features/sessions/a.ts', "import {\n  a,\n  b,\n} from '../../http/context.ts';", 'nothing of HTTP'],
    ['features/sessions/a.ts', "const x = await import('../../app.ts');", 'put together'],
    ['config/sms.ts', "import { twilio } from '../infra/sms/twilio/twilio.ts';", 'config knows core'],
    ['core/ids.ts', "import type { Config } from '../config.ts';", 'nothing but core'],
    ['infra/log.ts', "import { createApp } from '../app.ts';", 'infra knows core'],
    ['messages/words.ts', "import { x } from '../features/outbox/outbox.ts';", 'messages know core'],
    ['http/server.ts', "import { users } from '../infra/db/tables.ts';", 'neither SQL nor adapters'],
    ['main.ts', "import { smtpMailer } from './infra/mail/smtp-mailer.ts';", 'named in app.ts'],
    ['http/server.ts', 'if (process.env.DEBUG) log();', 'config.ts'],
    ['features/sessions/a.ts', 'await db.transaction((tx) => work(tx));', 'write in transact'],
    ['features/emails/a.ts', 'await challenges.withdraw(tx, whose, purposes);', 'features/invalidation'],
    ['http/server.ts', 'const now = new Date();', 'core/clock.ts'],
    ['http/server.ts', 'const now = Date.now();', 'core/clock.ts'],
    ['http/index.ts', "export * from './server.ts';", 'have names'],
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
