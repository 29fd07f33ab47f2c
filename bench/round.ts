import { createAccounts } from './accounts.ts';
import { type Caller, load, type Measured } from './load.ts';
import { processorTime } from './machine.ts';
import { loginCaller, meCaller, refreshCaller, registerCaller, type Tokens } from './scenarios.ts';
import type { Servers } from './servers.ts';

export const SCENARIOS = ['bare', 'me', 'refresh', 'verify', 'login', 'hash', 'registerEmail'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface Measurement extends Measured {
  /** CPU time of the measured process, in milliseconds; undefined if the system does not report it. */
  processor: number | undefined;
}

/** One measurement of each scenario, close together in time, so that their ratios compare the same machine load. */
export type Round = Record<Scenario, Measurement>;

/** Concurrent requests or hashes. */
const CONNECTIONS = 16;
/** Accounts that each connection signs in to, in turn. */
const ACCOUNTS_A_CONNECTION = 8;
/** Duration of one measurement in milliseconds, for fast requests and for password hashes. */
const DURATIONS = { quick: { requests: 300, hashes: 600 }, full: { requests: 2_000, hashes: 4_000 } };
/**
 * Warm-up before measuring, in milliseconds: V8 compiles hot code and caches fill. With password hashes that takes half a
 * minute.
 */
const WARM_UP = { quick: { requests: 600, hashes: 1_200 }, full: { requests: 6_000, hashes: 40_000 } };

/** Prepares the scenarios and warms everything up. The returned function runs one round. */
export async function prepareRounds(servers: Servers, length: keyof typeof DURATIONS): Promise<() => Promise<Round>> {
  const { latchkey, bare, smtp } = servers;
  const emails = await createAccounts(servers.databaseUrl, CONNECTIONS * ACCOUNTS_A_CONNECTION);
  const ofConnection = (index: number) => emails.filter((_, position) => position % CONNECTIONS === index);
  const each = <T>(make: (index: number) => T): T[] => Array.from({ length: CONNECTIONS }, (_, index) => make(index));

  const people = each((index) => ({ email: ofConnection(index)[0] as string }));
  const tokens = await Promise.all(people.map(({ email }) => signIn(latchkey.port, email)));
  const sessions = await Promise.all(people.map(({ email }) => signIn(latchkey.port, email)));

  const callers = {
    bare: each((index) => meCaller(tokens[index]?.accessToken ?? '', undefined)),
    me: each((index) => meCaller(tokens[index]?.accessToken ?? '', people[index]?.email)),
    refresh: sessions.map(refreshCaller),
    login: each((index) => loginCaller(ofConnection(index))),
    registerEmail: each(registerCaller),
  } satisfies Partial<Record<Scenario, Caller[]>>;

  const ask = (scenario: keyof typeof callers, duration: number, settled?: (answers: number) => Promise<void>) => {
    const { port, pid } = scenario === 'bare' ? bare : latchkey;
    return withProcessor(pid, () => load({ port, callers: callers[scenario], duration, ...(settled && { settled }) }));
  };
  const compute = (work: 'verify' | 'hash', duration: number) =>
    withProcessor(servers.argon2.pid, () => servers.argon2.measure({ work, inFlight: CONNECTIONS, duration }));

  for (const scenario of ['bare', 'me', 'refresh'] as const) await ask(scenario, WARM_UP[length].requests);
  for (const scenario of ['login', 'registerEmail'] as const) await ask(scenario, WARM_UP[length].hashes);

  const { requests, hashes } = DURATIONS[length];
  return async () => {
    const bareResult = await ask('bare', requests);
    const me = await ask('me', requests);
    const refresh = await ask('refresh', requests);
    const verify = await compute('verify', hashes);
    const login = await ask('login', hashes);
    const hash = await compute('hash', hashes);
    const sentBefore = smtp.arrived();
    const registerEmail = await ask('registerEmail', hashes, async (answers) => {
      while (smtp.arrived() < sentBefore + answers) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    return { bare: bareResult, me, refresh, verify, login, hash, registerEmail };
  };
}

async function signIn(port: number, email: string): Promise<Tokens> {
  const kept: Tokens[] = [];
  await load({ port, callers: [loginCaller([email], (tokens) => kept.push(tokens))], duration: 0 });
  return kept[0] as Tokens; // Else load would have thrown.
}

async function withProcessor(pid: number, work: () => Promise<Measured>): Promise<Measurement> {
  const before = processorTime(pid);
  const measured = await work();
  const after = processorTime(pid);
  return { ...measured, processor: before === undefined || after === undefined ? undefined : after - before };
}
