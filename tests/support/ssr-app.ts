import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { ROOT } from '../rules/sources.ts';
import { type Bff, LOGIN } from './bff.ts';
import { createAuthority } from './certificates.ts';
import { buildPackages, startExampleServer } from './example-server.ts';
import { startHttpFront } from './http-front.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { PASSWORD, signUp } from './people.ts';
import { freePort } from './ports.ts';

export interface SsrApp extends Bff {
  issuer: Issuer;
  /** From then on the example cannot reach the service. */
  cutService(): Promise<void>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** Builds examples/nextjs as its user would. */
async function build(): Promise<void> {
  await buildPackages('client', 'verify');
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  await run('npm', ['run', '--silent', 'build'], { cwd: join(ROOT, 'examples/nextjs'), env });
}

/** Starts examples/nextjs behind a proxy with https, as in production, and the service. */
export async function startSsrApp(): Promise<SsrApp> {
  await build();
  const [outside, port, between] = [await freePort(), await freePort(), await freePort()];
  const [origin, publicUrl] = [`https://localhost:${outside}`, 'https://auth.example.com'];
  const issuer = await startIssuer({ PUBLIC_URL: publicUrl, TOKEN_AUDIENCE: origin, EMAIL_VERIFICATION: 'signup' }, 0);
  const service = await startHttpFront(between, Number(new URL(issuer.url).port));
  const example = await startExampleServer('nextjs', {
    PORT: String(port),
    HOST: '127.0.0.1',
    APP_ORIGIN: origin,
    LATCHKEY_ISSUER: publicUrl,
    LATCHKEY_AUDIENCE: origin,
    LATCHKEY_URL: `http://127.0.0.1:${between}`,
  });
  const front = await startHttpFront(outside, port, createAuthority().sign('localhost', ['DNS:localhost']));
  return {
    port,
    origin,
    cookie: '__Host-refresh',
    app: issuer.app,
    issuer,
    get forwarded() {
      // Without those of the verifier.
      return service.requests.filter(({ url }) => !url?.startsWith('/.well-known/'));
    },
    cutService: () => service.close(),
    async close() {
      await front.close();
      await example.close();
      await service.close();
      await issuer.close();
    },
  };
}

/** Gives the browser the cookies of a new user. */
export async function signInWithoutPage({ app, origin }: SsrApp, context: BrowserContext) {
  const user = await signUp(app);
  const input = { identifier: user.email, password: PASSWORD, transport: 'COOKIE' };
  const data = { query: LOGIN, variables: { input } };
  const response = await context.request.post('/graphql', { headers: { origin }, data });
  if (!response.ok()) throw new Error(await response.text());
  return user;
}

/** The access token has expired, and with it its cookie. */
export const expireAccess = (context: BrowserContext): Promise<void> => context.clearCookies({ name: '__Host-access' });

export async function cookieNames(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map(({ name }) => name).sort();
}

/** The Cookie header of the browser, with an access token that has really expired. */
export async function expiredCookies({ issuer }: SsrApp, context: BrowserContext): Promise<string> {
  const cookies = await context.cookies();
  const [access = '', refresh] = ['access', 'refresh'].map(
    (kind) => cookies.find(({ name }) => name === `__Host-${kind}`)?.value,
  );
  const now = Math.floor(Date.now() / 1_000);
  const expired = await issuer.alter(access, { iat: now - 3_600, exp: now - 60 });
  return `__Host-refresh=${refresh}; __Host-access=${expired}`;
}

/** The status of a protected page for these cookies, and the refresh token that it sets. */
export async function renewal({ port }: SsrApp, cookie: string): Promise<string> {
  const init = { headers: { cookie }, redirect: 'manual' } as const;
  const { status, headers } = await fetch(`http://127.0.0.1:${port}/account`, init);
  const refresh = headers.getSetCookie().find((text) => text.startsWith('__Host-refresh='));
  return `${status} ${refresh?.split(';')[0]} ${headers.get('cache-control')}`;
}
