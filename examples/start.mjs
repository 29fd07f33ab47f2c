// Starts an example with all that it needs: the service of this checkout, an OpenID provider for social sign-in, and Vite.
// `npm start` in the directory of the example calls it. PORT, APP_PORT and ISSUER_PORT override the defaults.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = process.cwd();
const { PORT = '4000', APP_PORT = '5173', ISSUER_PORT = '4001' } = process.env;
const [service, app] = [`http://localhost:${PORT}`, `http://localhost:${APP_PORT}`];

const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
const say = (text) => process.stdout.write(`${text}\n`);

if (!existsSync(join(root, 'node_modules'))) {
  say('installing what the service needs');
  run('npm', 'ci', '--no-audit', '--no-fund');
}
run(process.execPath, 'scripts/build.mjs', '--quick');
run('npm', 'run', '--silent', 'build', '--workspace=@latchkey/client');

Object.assign(console, { info() {}, warn() {} }); // The notices of the provider are about production.
// Only now, because its packages may just have been installed.
const { startIssuer } = await import('./issuer.mjs');
const { settings } = await startIssuer(Number(ISSUER_PORT), `${app}/`);
const children = [
  start(join(root, 'dist/cli.js'), ['serve'], {
    ...settings,
    PORT,
    PUBLIC_URL: service,
    DATA_DIR: join(example, '.data'),
    OUTBOX_VIEWER: 'on',
    LOG_LEVEL: 'warn',
  }),
];
while (!(await fetch(`${service}/readyz`).catch(() => undefined))?.ok)
  await new Promise((wait) => setTimeout(wait, 100));
children.push(
  start(join(example, 'node_modules/vite/bin/vite.js'), ['--port', APP_PORT, '--strictPort'], {
    VITE_LATCHKEY_URL: service,
  }),
);
say(`
The app:       ${app}/
Its messages:  ${service}/dev/outbox    codes and links, instead of mail
The API:       ${service}/graphql
`);

/** If one of them ends, all do. */
function start(program, args, env) {
  const options = { cwd: example, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] };
  const child = spawn(process.execPath, [program, ...args], options);
  child.once('exit', (code) => stop(code ?? 0));
  return child;
}

function stop(code) {
  process.exitCode ||= code;
  for (const child of children) child.kill();
  // The service finishes pending requests, then ends; the provider would go on.
  if (children.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)) process.exit();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0));
