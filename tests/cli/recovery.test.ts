import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { LoginDocument } from '../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { apiClient, expectType } from '../support/client.ts';
import { dataDirectory, freshDatabase } from '../support/databases.ts';
import { docsBlock } from '../support/docs.ts';
import { keepLoggingIn, keepSigningUp, underLoad } from '../support/load.ts';
import { freePort } from '../support/ports.ts';
import { postgresPrograms, startPostgres } from '../support/postgres.ts';
import { bundledCli, startService } from '../support/program.ts';
import { eventually, temporaryDirectory, unprivilegedUser } from '../support/server-process.ts';
import { describeServers, STARTS_PROGRAMS } from '../support/servers.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  logOut,
  type RegisteredUser,
  refreshTokens,
  registerUser,
  WITHOUT_VERIFICATION,
} from '../support/sessions.ts';

// Runs the commands of docs/backup.md.

const SECRET_KEY = 'b9qyWYDnE4H3R5Yg0kpZmWv3pUAcPzJ6xT1oLSU7hdw=';
const SETTINGS = { ...WITHOUT_VERIFICATION, SECRET_KEY, TRUSTED_PROXIES: '127.0.0.1/32' };

interface Place {
  env: Record<string, string>;
  /** The paths of the page, and what takes their place. */
  paths?: Record<string, string>;
  user?: { uid: number; gid: number } | undefined;
}

const commands = (block: string): string[] => docsBlock('backup.md', block).trim().split('\n');

/** Runs commands in a directory, where `latchkey` is the program. */
async function createShell({ env, paths = {}, user }: Place) {
  const cwd = temporaryDirectory('shell');
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'latchkey'), `#!/bin/sh\nexec '${process.execPath}' '${await bundledCli()}' "$@"\n`, {
    mode: 0o755,
  });
  if (user) chownSync(cwd, user.uid, user.gid);
  const path = [bin, dirname(String(postgresPrograms()?.postgres)), process.env.PATH].join(delimiter);
  return async (lines: readonly string[]): Promise<string> => {
    const script = lines
      .join('\n')
      .replaceAll(/\/(?:archive|backup|data|old)\b/g, (example) => paths[example] ?? example);
    const { stdout } = await promisify(execFile)('sh', ['-ec', script], { cwd, env: { PATH: path, ...env }, ...user });
    return stdout;
  };
}

interface People {
  /** Stays signed in and does nothing. */
  ada: RegisteredUser;
  /** Signs out after the backup. */
  ben: RegisteredUser;
  /** Refreshes after the backup. */
  cy: RegisteredUser;
}

async function registerPeople(url: string): Promise<People> {
  const [ada, ben, cy] = await Promise.all([1, 2, 3].map(() => registerUser(apiClient(url))));
  if (!ada || !ben || !cy) throw new Error('three users were registered');
  return { ada, ben, cy };
}

/** Signs users up and in while the backup is made. */
async function whileBusy(url: string, backUp: () => Promise<unknown>): Promise<void> {
  const busy = await registerUser(apiClient(url));
  const load = [keepSigningUp(apiClient(url)), keepLoggingIn(apiClient(url), busy.email)];
  const { wrong, lost, unavailable } = await underLoad(load, async (tally) => {
    await eventually(() => expect(tally.responses).toBeGreaterThan(5), 60_000);
    await backUp();
    const seen = tally.responses;
    await eventually(() => expect(tally.responses).toBeGreaterThan(seen + 5), 60_000);
  });
  expect({ wrong, lost, unavailable }).toEqual({ wrong: [], lost: 0, unavailable: 0 });
}

/** What has happened since the backup. @returns Cy's newest refresh token */
async function changeMore({ ben, cy }: People, url: string): Promise<string> {
  await logOut(apiClient(url), ben.refreshToken);
  const next = await refreshTokens(apiClient(url), cy.refreshToken);
  return (await refreshTokens(apiClient(url), next.refreshToken)).refreshToken;
}

async function expectSignIn(url: string, { email, password }: RegisteredUser): Promise<void> {
  const { login } = await apiClient(url).request(LoginDocument, { input: { identifier: email, password } });
  expectType(login, 'Authenticated');
}

describeServers('recovery of PostgreSQL', ['own postgres'], () => {
  const apps: TestApp[] = [];
  async function serve(databaseUrl: string): Promise<TestApp> {
    const app = await startApp({ ...SETTINGS, DATABASE_URL: databaseUrl });
    apps.push(app);
    return app;
  }
  const stopServing = async () => {
    for (const app of apps.splice(0)) await app.close();
  };
  afterEach(stopServing);

  test('a dump brings an older state back, and end-all ends the sessions that are live again', async () => {
    const server = await startPostgres();
    const lost = await freshDatabase(server.url);
    const { url } = await serve(lost.url);
    const people = await registerPeople(url);
    const shell = await createShell({ env: { ...SETTINGS, DATABASE_URL: lost.url } });
    await whileBusy(url, () => shell(commands('dump')));
    const newest = await changeMore(people, url);
    await stopServing();
    await lost.drop();

    const DATABASE_URL = (await freshDatabase(server.url, { migrated: false })).url;
    const endAll = 'latchkey sessions end-all --yes';
    const restore = commands('restore-dump');
    expect(restore.at(-1)).toBe(endAll);
    const restoring = (lines: readonly string[]) => shell([`export DATABASE_URL='${DATABASE_URL}'`, ...lines]);
    await restoring(restore.slice(0, -1));

    const older = await serve(DATABASE_URL);
    await expectSignIn(older.url, people.ada);
    const ada = await refreshTokens(older.client(), people.ada.refreshToken);
    const ben = await refreshTokens(older.client(), people.ben.refreshToken); // Although Ben has signed out.
    expect(await getRejectionReason(older.client(), newest)).toBe('REUSED');
    await stopServing();

    expect(await restoring([endAll])).toMatch(/^\d+ sessions ended\n$/);
    const safe = await serve(DATABASE_URL);
    for (const { refreshToken, accessToken } of [ada, ben]) {
      expect(await getRejectionReason(safe.client(), refreshToken)).toBe('REVOKED');
      expect(await isTokenAccepted(safe.client(), accessToken)).toBe(false);
    }
    await expectSignIn(safe.url, people.ben);
    await server.stop();
  });

  test('a base backup and the log lose nothing, and ended sessions stay ended', async () => {
    const user = unprivilegedUser();
    const archive = temporaryDirectory('archive');
    const backup = temporaryDirectory('backup');
    for (const directory of [archive, backup]) if (user) chownSync(directory, user.uid, user.gid);
    const server = await startPostgres({ settings: archiving(archive), durable: true });
    const database = await freshDatabase(server.url);
    const { url } = await serve(database.url);
    const people = await registerPeople(url);
    const [data, old] = [join(server.home, 'data'), join(server.home, 'old')];
    const shell = await createShell({
      env: { ...SETTINGS, DATABASE_URL: server.url },
      paths: { '/archive': archive, '/backup': backup, '/data': data, '/old': old },
      user,
    });
    await whileBusy(url, () => shell(commands('base-backup')));
    const newest = await changeMore(people, url);
    await stopServing();
    await server.kill('SIGQUIT');
    renameSync(data, old);
    rmSync(join(old, 'base'), { recursive: true });

    await shell(commands('restore-base'));
    await server.restart('fast');
    const restored = await serve(database.url);
    await eventually(async () => expect((await fetch(`${restored.url}/readyz`)).status).toBe(200), 60_000);
    await expectSignIn(restored.url, people.ada);
    await refreshTokens(restored.client(), people.ada.refreshToken);
    await refreshTokens(restored.client(), newest);
    expect(await getRejectionReason(restored.client(), people.ben.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(restored.client(), people.ben.accessToken)).toBe(false);
    await server.stop();
  });
});

/** The settings of the page. */
function archiving(archive: string): Record<string, string> {
  const lines = commands('archive.conf').map((line) => line.replaceAll('/archive', archive).split(' = '));
  return Object.fromEntries(lines.map(([name = '', value = '']) => [name, value.replace(/^'(.*)'$/, '$1')]));
}

describe('recovery of the embedded database', STARTS_PROGRAMS, () => {
  test('a backup of the running service is restored, with sessions, and end-all ends them', async () => {
    const env = { ...SETTINGS, DATA_DIR: await dataDirectory(), PORT: String(await freePort()) };
    const service = await startService(env);
    const people = await registerPeople(service.url);
    const shell = await createShell({ env });
    await whileBusy(service.url, () => shell(commands('embedded-backup'))).catch((cause: unknown) => {
      throw new Error(`the service says: ${service.output().slice(-3_000)}`, { cause });
    });
    await changeMore(people, service.url);
    await service.stop('SIGKILL');
    rmSync(join(env.DATA_DIR, 'database'), { recursive: true });

    const [restore = '', endAll = ''] = commands('embedded-restore');
    expect(await shell([restore])).toMatch(/^restored to /);
    const older = await startService(env);
    await expectSignIn(older.url, people.ada);
    const ada = await refreshTokens(apiClient(older.url), people.ada.refreshToken);
    await refreshTokens(apiClient(older.url), people.ben.refreshToken); // Although Ben has signed out.
    await older.stop();

    expect(await shell([endAll])).toMatch(/^\d+ sessions ended\n$/);
    const safe = await startService(env);
    expect(await getRejectionReason(apiClient(safe.url), ada.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(apiClient(safe.url), ada.accessToken)).toBe(false);
    await expectSignIn(safe.url, people.ada);
    await safe.stop();
  });
});
