import { describeMachine, moveToClientCore } from '../machine.ts';
import { openService, type Service } from '../service.ts';
import { DUE_SHARE, fill, type Size } from './fill.ts';
import { playRound, type Round, type Side } from './growth.ts';
import { judgeGrowth, printGrowth } from './growth-table.ts';
import { CONNECTIONS, createSite, type Site } from './site.ts';

interface Options {
  /** Of the compiled program. */
  directory: string;
  rounds: number;
  /** How far beyond its limit a ratio may be. */
  margin: number;
  isQuick: boolean;
}

const sizeOf = (users: number): Size => ({ users, sessions: 3 * users });
const SMALL = sizeOf(1_000);
const LARGE = { quick: sizeOf(20_000), full: sizeOf(1_000_000) };

/** Days that a session lives when nobody refreshes it. */
const LIFETIME = 30;

/**
 * The same program on a small database and on a large one, each with servers of its own: in one PostgreSQL the large
 * database would drive the small one out of the shared memory, which would look like no growth.
 */
export async function runScale({ directory, rounds, margin, isQuick }: Options): Promise<boolean> {
  const length = isQuick ? 'quick' : 'full';
  const large = LARGE[length];
  const services: Service[] = [];
  const results: Round[] = [];
  const open = async (size: Size): Promise<Site> => {
    const began = performance.now();
    const service = await openService({
      directory,
      sharedBuffers: '2GB',
      // What is signed in at the beginning goes on to the end.
      settings: { ACCESS_TOKEN_TTL: '1h' },
      furnish: (databaseUrl) => fill(databaseUrl, size),
    });
    services.push(service);
    process.stderr.write(`${count(size.users)} users: ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
    return createSite(service);
  };
  moveToClientCore();
  try {
    const sites: Record<Side, Site> = { small: await open(SMALL), large: await open(large) };
    for (let round = 0; round <= rounds; round++) {
      process.stderr.write(round === 0 ? 'warming up\n' : `round ${round} of ${rounds}\n`);
      const played = await playRound(sites, length);
      if (round > 0) results.push(played);
    }
    console.log(`${describeMachine()}; ${services[0]?.versions}`);
    console.log(
      `${CONNECTIONS} requests at once; ${count(SMALL.users)} users and ${count(large.users)}, 3 sessions each.`,
    );
    printGrowth(results);
    printPruning(large, sites.large);
    for (const site of Object.values(sites)) await site.close();
  } catch (error) {
    for (const { latchkey } of services) process.stderr.write(`${latchkey.lastWords()}\n`);
    throw error;
  } finally {
    await Promise.all(services.map((service) => service.close()));
  }
  return judgeGrowth(results, margin);
}

function printPruning({ sessions }: Size, { pruned }: Site): void {
  const rate = (pruned.rows / pruned.time) * 1000;
  const needed = sessions / (LIFETIME * 24 * 60 * 60);
  console.log(
    `\nDeleted meanwhile: ${count(pruned.rows)} of ${count(sessions * DUE_SHARE)} expired sessions, ${count(Math.round(rate))} a second; ` +
      `of ${count(sessions)} that live ${LIFETIME} days ${needed.toFixed(1)} a second expire.`,
  );
}

const count = (number: number): string => number.toLocaleString('en');
