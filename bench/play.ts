import { createAccounts } from './accounts.ts';
import { type Caller, load, type Measured } from './load.ts';
import { processorTime } from './machine.ts';
import { loginCaller, meCaller, refreshCaller, registerCaller, type Tokens } from './scenarios.ts';
import type { Stage } from './stage.ts';

export const SCENARIOS = ['bare', 'me', 'refresh', 'verify', 'login', 'hash', 'registerEmail'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface Take extends Measured {
  /** Milliseconds of processor time that the measured process used; undefined where the system does not tell. */
  processor: number | undefined;
}

/** One measurement of each, a moment apart, so that a ratio compares what the machine was like at that time. */
export type Round = Record<Scenario, Take>;

/** Requests, or hashes, in flight at once. */
const CONNECTIONS = 16;
/** Accounts that each connection signs in to in turn. */
const ACCOUNTS_A_CONNECTION = 8;
/** Milliseconds of one measurement: of requests that take a fraction of a millisecond, and of password hashes. */
const DURATIONS = { quick: { requests: 300, hashes: 600 }, full: { requests: 2_000, hashes: 4_000 } };
/**
 * Milliseconds of load on each server before anything counts. V8 compiles what is hot and caches fill; where an answer
 * takes a password hash that goes on for half a minute.
 */
const WARM_UP = { quick: { requests: 600, hashes: 1_200 }, full: { requests: 6_000, hashes: 40_000 } };

/** Makes what the scenarios need, and warms everything up; the result plays one round. */
export async function createPlay(stage: Stage, length: keyof typeof DURATIONS): Promise<() => Promise<Round>> {
  const { latchkey, bare, smtp } = stage;
  const emails = await createAccounts(stage.databaseUrl, CONNECTIONS * ACCOUNTS_A_CONNECTION);
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
    withProcessor(stage.argon2.pid, () => stage.argon2.measure({ work, inFlight: CONNECTIONS, duration }));

  for (const scenario of ['bare', 'me', 'refresh'] as const) await ask(scenario, WARM_UP[length].requests);
  for (const scenario of ['login', 'registerEmail'] as const) await ask(scenario, WARM_UP[length].hashes);

  const { requests, hashes } = DURATIONS[length];
  return async () => {
    const bareTake = await ask('bare', requests);
    const me = await ask('me', requests);
    const refresh = await ask('refresh', requests);
    const verify = await compute('verify', hashes);
    const login = await ask('login', hashes);
    const hash = await compute('hash', hashes);
    const sentBefore = smtp.arrived();
    const registerEmail = await ask('registerEmail', hashes, async (answers) => {
      while (smtp.arrived() < sentBefore + answers) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    return { bare: bareTake, me, refresh, verify, login, hash, registerEmail };
  };
}

async function signIn(port: number, email: string): Promise<Tokens> {
  const kept: Tokens[] = [];
  await load({ port, callers: [loginCaller([email], (tokens) => kept.push(tokens))], duration: 0 });
  return kept[0] as Tokens; // Else load would have thrown.
}

async function withProcessor(pid: number, work: () => Promise<Measured>): Promise<Take> {
  const before = processorTime(pid);
  const measured = await work();
  const after = processorTime(pid);
  return { ...measured, processor: before === undefined || after === undefined ? undefined : after - before };
}
