import { DAY } from '../../src/core/clock.ts';
import type { Email } from '../../src/core/identifiers.ts';
import { type Log, silent } from '../../src/core/log.ts';
import { credentialByEmail } from '../../src/features/accounts/user-lookup.repo.ts';
import { startHousekeeping } from '../../src/features/housekeeping/housekeeping.service.ts';
import { pruneSessions } from '../../src/features/sessions/session.repo.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { settingsFor } from '../../tests/support/databases.ts';
import { type Caller, load, type Measured } from '../load.ts';
import { repeat } from '../repeat.ts';
import { loginCaller, meCaller, refreshCaller } from '../scenarios.ts';
import type { Service } from '../service.ts';
import { FIRST_NAMES } from './names.ts';
import { pick, pickCaller, usersCaller, type Wanted } from './requests.ts';
import { drawSample, type Person } from './sample.ts';

/** Concurrent requests: few, to measure the work and not the queue. */
export const CONNECTIONS = 4;
/** How long the service keeps ended sessions. */
const KEPT = 7 * DAY;

const MOST_COMMON_NAME = FIRST_NAMES[0] ?? '';

export interface Pruned {
  rows: number;
  /** Milliseconds. */
  time: number;
}

export type Instance = Awaited<ReturnType<typeof createInstance>>;

/** One service with its database, and the requests to it. Each `measure` takes a duration in milliseconds. */
export async function createInstance(service: Service) {
  const { port } = service.latchkey;
  const { people, logins, sessions, cursors } = await drawSample(service);
  await refreshAll(port, sessions);
  const admin = sessions[0]?.accessToken ?? '';
  // For running the program's own statement directly, with the same connection settings.
  const { db, close } = await openDatabase(settingsFor(service.databaseUrl, CONNECTIONS + 1));

  const each = (make: (index: number) => Caller): Caller[] => Array.from({ length: CONNECTIONS }, (_, i) => make(i));
  const own = <T>(all: readonly T[], index: number) => all.filter((_, position) => position % CONNECTIONS === index);
  const listing = (draw: () => Wanted) => each(() => usersCaller(admin, draw));
  const searching = (wanted: (person: Person) => Wanted) => listing(() => wanted(pick(people)));
  const ask = (callers: readonly Caller[]) => (duration: number) => load({ port, callers, duration });

  const lookUp = async () => {
    const { email } = pick(people);
    const found = await credentialByEmail(db, email as Email); // Read from the table.
    if (found?.user.email !== email || !found.hash) throw new Error(`${email} is not found`);
  };
  const refresh = ask(each((index) => pickCaller(own(sessions, index).map((session) => refreshCaller(session)))));
  const anyMe = pickCaller(sessions.map(({ accessToken, email }) => meCaller(accessToken, email)));
  const pruned: Pruned = { rows: 0, time: 0 };

  /** Refreshes while housekeeping deletes expired sessions. */
  async function refreshWhilePruning(duration: number): Promise<Measured> {
    const began = performance.now();
    const prune = async (limit: number) => {
      const rows = await pruneSessions(db, new Date(Date.now() - KEPT), limit);
      pruned.rows += rows;
      return rows;
    };
    const failures: unknown[] = [];
    const log: Log = { ...silent, warn: (fields) => void failures.push(fields) };
    const housekeeping = startHousekeeping({ sessions: prune }, { log });
    const swept = housekeeping.run().then(() => {
      pruned.time += performance.now() - began;
    });
    const measured = await refresh(duration);
    await Promise.all([housekeeping.close(), swept]);
    if (failures.length > 0) throw new Error('expired rows were not deleted', { cause: failures[0] });
    return measured;
  }

  return {
    measure: {
      lookup: (duration: number) => repeat({ work: lookUp, inFlight: CONNECTIONS, duration }),
      login: ask(each((index) => loginCaller(own(logins, index)))),
      refresh,
      me: ask(each(() => anyMe)),
      firstPage: ask(listing(() => ({}))),
      countedPage: ask(listing(() => ({ isCounted: true }))),
      deepPage: ask(listing(() => ({ after: pick(cursors) }))),
      searchByAddress: ask(
        searching(({ email }) => ({ search: email.slice(0, email.indexOf('@') + 1), found: { email, isAlone: true } })),
      ),
      searchByName: ask(
        searching(({ email, firstName, lastName }) => ({ search: `${firstName} ${lastName}`, found: { email } })),
      ),
      searchByFirstName: ask(listing(() => ({ search: MOST_COMMON_NAME }))),
      refreshWhilePruning,
    },
    pruned,
    /** Leaves the service running. */
    close,
  };
}

export type Scenario = keyof Instance['measure'];

/** Refreshes every session and replaces its tokens. */
async function refreshAll(port: number, sessions: Parameters<typeof refreshCaller>[0][]): Promise<void> {
  for (let from = 0; from < sessions.length; from += 100) {
    const callers = sessions.slice(from, from + 100).map(refreshCaller);
    await load({ port, callers, duration: 0 });
  }
}
