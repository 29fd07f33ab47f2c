// Starts the service of this checkout for an example with a server of its own. PORT and APP_PORT override the defaults.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const { PORT = '4000', APP_PORT = '3000' } = process.env;
/** Where the service is, and the origin of the app. */
export const [service, app] = [`http://localhost:${PORT}`, `http://localhost:${APP_PORT}`];

const say = (text) => process.stdout.write(`${text}\n`);
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

/** Builds the service and packages, where they have changed. @param {string[]} packages such as `client` */
export function build(...packages) {
  if (!existsSync(join(root, 'node_modules'))) {
    say('installing what the service needs');
    run('npm', 'ci', '--no-audit', '--no-fund');
  }
  run(process.execPath, 'scripts/build.mjs', '--quick');
  for (const name of packages) run('npm', 'run', '--silent', 'build', `--workspace=@latchkey/${name}`);
}

/**
 * Starts the service, with the embedded database in the directory of the example, and waits until it is ready.
 * @param {string} directory of the example
 * @param {Record<string, string>} settings of the service
 */
export async function startService(directory, settings) {
  startProgram(directory, [join(root, 'dist/cli.cjs'), 'serve'], {
    PORT,
    PUBLIC_URL: service,
    ALLOWED_ORIGINS: app,
    DATA_DIR: join(directory, '.data'),
    OUTBOX_VIEWER: 'on',
    LOG_LEVEL: 'warn',
    ...settings,
  });
  while (!(await fetch(`${service}/readyz`).catch(() => undefined))?.ok) await sleep(100);
}

/**
 * Starts the service, and then the example's server.mjs.
 * @param {string} directory of the example
 * @param {Record<string, string>} env settings of the example's server
 * @param {string[]} flags for it
 */
export async function start(directory, env = {}, flags = []) {
  // The example's server, which reports the addresses of browsers.
  await startService(directory, { TRUSTED_PROXIES: '127.0.0.1,::1' });
  const own = { PORT: APP_PORT, APP_ORIGIN: app, LATCHKEY_URL: service, LATCHKEY_ISSUER: service, ...env };
  startProgram(directory, ['server.mjs', ...flags], own);
  announce();
}

/** Says where everything is. */
export function announce() {
  say(`
The app:       ${app}/
Its messages:  ${service}/dev/outbox    codes and links, instead of mail
The API:       ${service}/graphql
`);
}

const children = new Set();
let isStopping = false;

/** If one of them ends, all do. This process ends last: the service closes its database. */
export function startProgram(directory, args, env) {
  const options = { cwd: directory, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] };
  const child = spawn(process.execPath, args, options);
  children.add(child);
  child.once('exit', (code) => {
    children.delete(child);
    if (!isStopping) process.exitCode = code ?? 0;
    stop();
    if (children.size === 0) process.exit();
  });
}

function stop() {
  isStopping = true;
  for (const child of children) if (!child.killed) child.kill();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
