import { setTimeout as pause } from 'node:timers/promises';
import { LoginDocument, MeDocument, RefreshDocument, RegisterEmailDocument } from '../../schema/generated/graphql.ts';
import type { ApiClient, GraphqlResponse } from './client.ts';
import { PASSWORD, uniqueEmail } from './people.ts';
import { eventually } from './server-process.ts';
import type { RegisteredUser } from './sessions.ts';

/** The outcomes of all requests. */
export interface Tally {
  responses: number;
  /** 503: try again. */
  unavailable: number;
  /** The connection broke before a response arrived. */
  lost: number;
  /** Milliseconds. */
  slowest: number;
  /** Anything that must not happen to a well-behaved client. */
  wrong: string[];
}

/** An action that a caller repeats. */
export type LoadAction = (tally: Tally) => Promise<unknown>;

/** Keeps callers busy during the work, which sees the outcomes so far. */
export async function underLoad(
  actions: readonly LoadAction[],
  work: (tally: Readonly<Tally>) => Promise<unknown>,
): Promise<Tally> {
  const tally: Tally = { responses: 0, unavailable: 0, lost: 0, slowest: 0, wrong: [] };
  let isOver = false;
  const callers = actions.map(async (action) => {
    while (!isOver) {
      await action(tally);
      await pause(5);
    }
  });
  try {
    await work(tally);
  } finally {
    isOver = true;
    await Promise.all(callers);
  }
  return tally;
}

/** Sends a request and counts its outcome. Returns the data, or undefined after an expected failure. */
export async function attempt<Data>(
  tally: Tally,
  send: () => Promise<GraphqlResponse<Data>>,
): Promise<Data | undefined> {
  const started = performance.now();
  try {
    const { status, data, errors } = await send();
    if (status === 503 && errors.every(({ extensions }) => extensions.code === 'SERVICE_UNAVAILABLE')) {
      tally.unavailable += 1;
      return undefined;
    }
    tally.responses += 1;
    if (errors.length > 0) tally.wrong.push(`${status} ${JSON.stringify(errors)}`);
    return data ?? undefined;
  } catch {
    tally.lost += 1; // fetch throws if the response is missing or incomplete.
    return undefined;
  } finally {
    tally.slowest = Math.max(tally.slowest, performance.now() - started);
  }
}

/** Records an outcome that is not among the allowed ones. */
function expectOutcome(tally: Tally, outcome: { __typename: string } | undefined, ...names: string[]): void {
  if (outcome && !names.includes(outcome.__typename)) tally.wrong.push(JSON.stringify(outcome));
}

export type Refresher = ReturnType<typeof createRefresher>;

/**
 * A well-behaved client: it repeats a refresh until it gets a response, then uses the new token.
 * @param clients one for each replica, used in turn
 */
export function createRefresher(clients: readonly ApiClient[], { refreshToken, accessToken }: RegisteredUser) {
  let [current, access, turns, successes] = [refreshToken, accessToken, 0, 0];
  const seen = [current];
  const next = (): ApiClient => {
    turns += 1;
    const client = clients[turns % clients.length];
    if (!client) throw new Error('no client');
    return client;
  };
  return {
    /** All refresh tokens so far, the newest last. */
    seen,
    current: () => current,
    access: () => access,
    successes: () => successes,
    refresh: async (tally: Tally) => {
      const client = next();
      const data = await attempt(tally, () => client.send(RefreshDocument, { input: { refreshToken: current } }));
      expectOutcome(tally, data?.refresh, 'Authenticated');
      if (data?.refresh.__typename !== 'Authenticated' || !data.refresh.refreshToken) return;
      successes += 1;
      current = data.refresh.refreshToken;
      access = data.refresh.accessToken;
      seen.push(current);
    },
    me: async (tally: Tally) => {
      const client = next();
      const data = await attempt(tally, () => client.send(MeDocument, undefined, { token: access }));
      if (data && !data.me) tally.wrong.push('me is null');
    },
  };
}

/** Waits until each refresher has succeeded again. @param deadline milliseconds */
export function untilAllRefreshed(refreshers: readonly Refresher[], deadline: number): Promise<void> {
  const before = refreshers.map(({ successes }) => successes());
  return eventually(() => {
    if (refreshers.some(({ successes }, index) => successes() === before[index])) throw new Error('not yet');
  }, deadline);
}

/** Signs up new users. */
export const keepSigningUp =
  (client: ApiClient): LoadAction =>
  async (tally) => {
    const input = { email: uniqueEmail('load'), password: PASSWORD };
    const data = await attempt(tally, () => client.send(RegisterEmailDocument, { input }));
    expectOutcome(tally, data?.registerEmail, 'Authenticated', 'RateLimited');
  };

export const keepLoggingIn =
  (client: ApiClient, identifier: string): LoadAction =>
  async (tally) => {
    const data = await attempt(tally, () => client.send(LoginDocument, { input: { identifier, password: PASSWORD } }));
    expectOutcome(tally, data?.login, 'Authenticated', 'RateLimited');
  };
