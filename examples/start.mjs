// Starts an example in the browser with all that it needs: the service of this checkout, an OpenID provider for social sign-in,
// and Vite. `npm start` in the directory of the example calls it. PORT, APP_PORT and ISSUER_PORT override the defaults.
process.env.APP_PORT ??= '5173';
const { APP_PORT, ISSUER_PORT = '4001' } = process.env;
const { announce, app, build, service, startProgram, startService } = await import('./start-service.mjs');
const example = process.cwd();

build('client');

Object.assign(console, { info() {}, warn() {} }); // The notices of the provider are about production.
// Only now, because its packages may just have been installed.
const { startIssuer } = await import('./issuer.mjs');
const { settings } = await startIssuer(Number(ISSUER_PORT), `${app}/`);
await startService(example, settings);
const vite = ['node_modules/vite/bin/vite.js', '--port', APP_PORT, '--strictPort'];
startProgram(example, vite, { VITE_LATCHKEY_URL: service });
announce();
