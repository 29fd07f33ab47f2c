import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { freePort } from '../support/ports.ts';
import { startPostgres } from '../support/postgres.ts';
import { runProgram, startCommand, startService } from '../support/program.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, describeServers, postgresServer, redisServer } from '../support/servers.ts';
import { twilioSettings } from '../support/twilio.ts';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  SECRET_KEY: randomBytes(32).toString('base64'),
};

describePostgres('the command line on PostgreSQL', () => {
  let server: string;
  let fresh: FreshDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    server = await postgresServer();
  });
  beforeEach(async () => {
    fresh = await freshDatabase(server, { migrated: false });
    env = { ...PRODUCTION, DATABASE_URL: fresh.url };
    return () => fresh.drop();
  });

  test('in production no command uses an outdated database until migrate has run', async () => {
    const outdated = { code: 1, stderr: expect.stringMatching(/behind: run latchkey migrate\n$/) };
    expect(await runProgram(['serve'], { env: { ...env, PORT: '0' } })).toMatchObject(outdated);
    expect(await runProgram(['keys', 'rotate'], { env })).toMatchObject(outdated);
    const diagnosis = await runCommand(['doctor'], { env });
    expect(diagnosis.code).toBe(1);
    expect(diagnosis.stdout).toMatch(/✗ migrations .*\n.*→ run: latchkey migrate/);

    const migrations = await Promise.all([1, 2, 3].map(() => runProgram(['migrate'], { env })));
    expect(migrations.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(migrations.filter(({ stdout }) => stdout.includes('applied'))).toHaveLength(1);
    const service = await startService(env);
    expect((await service.stop()).code).toBe(0);
  });

  test('in development serve applies migrations', async () => {
    const service = await startService({ DATABASE_URL: fresh.url, DATA_DIR: temporaryDirectory('data') });
    expect((await service.stop('SIGINT')).code).toBe(0);
  });

  test('eight services that start together on an empty database all start and use one key (F23)', async () => {
    const DATABASE_URL = `${fresh.url}?connect_timeout=60`; // Eight programs start slowly.
    const settings = { DATABASE_URL, DATABASE_POOL_SIZE: '3', SECRET_KEY: PRODUCTION.SECRET_KEY };
    const services = await Promise.all(Array.from({ length: 8 }, () => startService(settings)));
    const published = services.map(({ url }) =>
      fetch(`${url}/.well-known/jwks.json`).then((response) => response.text()),
    );
    expect(new Set(await Promise.all(published)).size).toBe(1);
    const ended = await Promise.all(services.map((service) => service.stop()));
    expect(ended.map(({ code }) => code)).toEqual(Array(8).fill(0));
  });

  test('doctor reports a wrong database name without the password', async () => {
    const url = Object.assign(new URL(fresh.url), { pathname: '/nowhere', password: 'canary' }).href;
    const { code, stdout, stderr } = await runCommand(['doctor'], { env: { ...env, DATABASE_URL: url } });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ database +the database does not exist: create it first \(3D000\)/);
    expect(stdout + stderr).not.toContain('canary');
  });

  test('doctor reports a wrong clock (F21)', async () => {
    await runCommand(['migrate'], { env });
    const shift = join(temporaryDirectory('shift'), 'shift.mjs');
    writeFileSync(
      shift,
      `const Real = Date;
       globalThis.Date = class extends Real {
         constructor(...args) { args.length ? super(...args) : super(Real.now() + 300_000); }
         static now() { return Real.now() + 300_000; }
       };`,
    );
    const { code, stdout } = await runProgram(['doctor'], { env, node: ['--import', shift] });
    expect(stdout).toMatch(/! clock +(?:299|300)\.\d s ahead of the database's/);
    expect(code).toBe(0);
  });

  test('doctor reports a mail server, SMS provider and Redis that are down', async () => {
    await runCommand(['migrate'], { env });
    const unusedPort = await freePort();
    const { code, stdout } = await runCommand(['doctor'], {
      env: {
        ...env,
        REDIS_URL: `redis://127.0.0.1:${unusedPort}`,
        SMTP_URL: `smtp://127.0.0.1:${unusedPort}`,
        MAIL_FROM: 'no-reply@example.com',
        ...twilioSettings({ origin: `http://127.0.0.1:${unusedPort}` }),
      },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ redis +127\.0\.0\.1:\d+: nothing is listening.*\n.*REDIS_URL/);
    expect(stdout).toMatch(/✗ mail .*\n.*SMTP_URL/);
    expect(stdout).toMatch(/✗ sms .*ECONNREFUSED\n.*TWILIO_ACCOUNT_SID/);
  });
});

describeServers('the command line on PostgreSQL with Redis', ['postgres', 'redis'], () => {
  test('doctor finds no problem', async () => {
    const fresh = await freshDatabase(await postgresServer());
    const env = { ...PRODUCTION, DATABASE_URL: fresh.url, REDIS_URL: await redisServer() };
    const { code, stdout } = await runCommand(['doctor'], { env });
    expect(stdout).toMatch(/✓ database +PostgreSQL \d+\n[\s\S]*✓ redis/);
    expect(stdout).toMatch(/! settings +SMTP_URL is not set/);
    expect(code).toBe(0);
    await fresh.drop();
  });
});

describeServers('a database that starts later', ['own postgres'], () => {
  test('serve waits for the database, then starts (F30)', async () => {
    const postgres = await startPostgres();
    const env = { DATABASE_URL: postgres.url, DATA_DIR: temporaryDirectory('data') };
    postgres.pause();
    setTimeout(() => postgres.resume(), 2_000);
    const service = await startService(env);
    expect((await service.stop()).code).toBe(0);
    await postgres.stop();
  });

  test('serve stops waiting for the database at once when it is interrupted', async () => {
    const child = await startCommand(['serve'], { env: { DATABASE_URL: 'postgres://127.0.0.1:1/none' } });
    setTimeout(() => child.kill('SIGTERM'), 1_000);
    expect(await new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))).toBe('SIGTERM');
  });
});
