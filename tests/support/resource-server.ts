import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Environment } from '../../src/config.ts';
import { type Issuer, refusedCredentials, startIssuer } from './issuer.ts';
import { eventually } from './server-process.ts';
import { STARTS_PROGRAMS } from './servers.ts';
import { logOut, type RegisteredUser } from './sessions.ts';

const { areStarted } = inject('servers');

export interface ResourceServer {
  url: string;
  stop(): Promise<unknown>;
}

export interface Recipe {
  /** Starts the recipe's program. `GET /me` returns `{"sub"}`; `GET /orders` needs the scope orders:read. */
  start(issuer: Issuer): Promise<ResourceServer>;
  /** Why the recipe cannot run here. */
  missing?: () => string | undefined;
  env?: Environment;
  /** Whether it refuses the tokens of a session soon after its logout. Otherwise they are accepted until they expire. */
  endsWithLogout?: boolean;
  /** Whether it reads the revocation feed. */
  readsFeed?: boolean;
  /** Whether it checks scopes. */
  checksScopes?: boolean;
  /** Credentials that it accepts though they are not well-formed, by their titles. */
  accepts?: readonly string[];
  /** The statuses of refused credentials, if not only 401. */
  refusals?: readonly number[];
  /** Requests `/me` or `/orders`, if not by GET. */
  ask?: (url: string, path: string, headers: Record<string, string>) => Promise<Response>;
}

/** What every recipe for a resource server must do. Without its program it is skipped, or fails if CI=true. */
export function describeResourceServer(
  title: string,
  recipe: Recipe,
  more: (running: Running) => void = () => {},
): void {
  const missing = areStarted ? recipe.missing?.() : undefined;
  if (missing !== undefined && process.env.CI !== 'true')
    return void describe.skip(`${title} (skipped: ${missing})`, () => test('runs', () => {}));
  describe(title, STARTS_PROGRAMS, () => {
    const running = openRecipe(recipe, missing);
    checkRecipe(running, recipe);
    more(running);
  });
}

export interface Running {
  issuer: Issuer;
  ada: RegisteredUser;
  server: ResourceServer;
  get(path: string, authorization?: string, headers?: Record<string, string>): Promise<Response>;
}

function openRecipe(recipe: Recipe, missing: string | undefined): Running {
  const running = {} as Running; // Filled before the first test.
  beforeAll(async () => {
    if (missing !== undefined) throw new Error(`${missing}; with CI=true no suite is skipped`);
    running.issuer = await startIssuer(recipe.env, recipe.readsFeed ? 0 : undefined);
    running.ada = await running.issuer.signIn();
    running.server = await recipe.start(running.issuer);
  });
  afterAll(async () => {
    await running.server?.stop();
    await running.issuer?.close();
  });
  const { ask = get } = recipe;
  running.get = (path, authorization, headers = {}) =>
    ask(running.server.url, path, { ...headers, ...(authorization !== undefined && { authorization }) });
  return running;
}

const get: Required<Recipe>['ask'] = (url, path, headers) => fetch(url + path, { headers });

function checkRecipe(
  running: Running,
  { readsFeed = false, endsWithLogout = readsFeed, checksScopes = true, accepts = [], refusals = [401] }: Recipe,
): void {
  const { get } = running;
  const status = async (token: string, path = '/me') => (await get(path, `Bearer ${token}`)).status;

  test('accepts an access token, and knows its user', async () => {
    const response = await get('/me', `Bearer ${running.ada.accessToken}`);
    expect([response.status, await response.json()]).toEqual([200, { sub: running.ada.user.id }]);
  });

  test('refuses every other credential with 401', async () => {
    const credentials = await refusedCredentials(running.issuer, running.ada);
    const answers: [string, number | string][] = [];
    for (const [title, authorization] of credentials) {
      const response = await get('/me', authorization);
      answers.push([title, refusals.includes(response.status) ? 'refused' : response.status]);
    }
    expect(answers).toEqual(credentials.map(([title]) => [title, accepts.includes(title) ? 200 : 'refused']));
    expect(await status(running.ada.accessToken)).toBe(200);
  });

  test.skipIf(!checksScopes)('refuses a token whose scope is missing with 403', async () => {
    const { issuer, ada } = running;
    expect(await status(ada.accessToken, '/orders')).toBe(403);
    for (const scope of ['', 'orders', 'orders:reads', 'orders:write profile'])
      expect([scope, await status(await issuer.alter(ada.accessToken, { scope }), '/orders')]).toEqual([scope, 403]);
    const scoped = await issuer.alter(ada.accessToken, { scope: 'profile orders:read' });
    expect(await status(scoped, '/orders')).toBe(200);
    expect((await get('/orders')).status).toBe(401);
  });

  test('accepts tokens of a new key without a restart, and those of the old key until they expire', async () => {
    const { issuer, ada } = running;
    await issuer.rotateKeys();
    const bob = await issuer.signIn();
    expect(header(bob.accessToken).kid).not.toBe(header(ada.accessToken).kid);
    await expect.poll(() => status(bob.accessToken)).toBe(200);
    expect(await status(ada.accessToken)).toBe(200);
  });

  if (endsWithLogout)
    test('refuses the tokens of a session within two seconds after its logout', async () => {
      const eve = await running.issuer.signIn();
      await expect.poll(() => status(eve.accessToken)).toBe(200);
      await logOut(eve.client, eve.refreshToken);
      await eventually(async () => expect(await status(eve.accessToken)).toBe(401), 2_000);
      expect(await status(running.ada.accessToken)).toBe(200);
    });
  else
    test('accepts the tokens of a session after its logout, until they expire', async () => {
      const eve = await running.issuer.signIn();
      await logOut(eve.client, eve.refreshToken);
      expect(await status(eve.accessToken)).toBe(200);
      const exp = Math.floor(Date.now() / 1_000) - 7_200;
      expect(decodeJwt(eve.accessToken).exp).toBeGreaterThan(exp);
      expect(await status(await running.issuer.alter(eve.accessToken, { exp }))).toBe(401);
    });
}

const header = (token: string): { kid: string } =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
