import { describeMachine, moveToClientCore } from '../machine.ts';
import { openService, type Service } from '../service.ts';
import { DUE_SHARE, fill, type Size } from './fill.ts';
import { type Round, runRound, type Side } from './growth.ts';
import { judgeGrowth, printGrowth } from './growth-table.ts';
import { CONNECTIONS, createInstance, type Instance } from './instance.ts';

interface Options {
  /** Directory of the compiled program. */
  directory: string;
  rounds: number;
  /** How far a ratio may exceed its limit. */
  margin: number;
  isQuick: boolean;
}

const chooseSize = (users: number): Size => ({ users, sessions: 3 * users });
const SMALL = chooseSize(1_000);
const LARGE = { quick: chooseSize(20_000), full: chooseSize(1_000_000) };

/** Days after which an unused session expires. */
const LIFETIME = 30;

/**
 * Runs the same program on a small and a large database, each with its own servers. In one PostgreSQL the large database
 * would evict the small one from the cache, and both would look alike.
 */
export async function runScale({ directory, rounds, margin, isQuick }: Options): Promise<boolean> {
  const length = isQuick ? 'quick' : 'full';
  const large = LARGE[length];
  const services: Service[] = [];
  const results: Round[] = [];
  const open = async (size: Size): Promise<Instance> => {
    const began = performance.now();
    const service = await openService({
      directory,
      sharedBuffers: '2GB',
      // Access tokens must last for the whole run.
      settings: { ACCESS_TOKEN_TTL: '1h' },
      fill: (databaseUrl) => fill(databaseUrl, size),
    });
    services.push(service);
    process.stderr.write(`${count(size.users)} users: ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
    return createInstance(service);
  };
  moveToClientCore();
  try {
    const instances: Record<Side, Instance> = { small: await open(SMALL), large: await open(large) };
    for (let round = 0; round <= rounds; round++) {
      process.stderr.write(round === 0 ? 'warming up\n' : `round ${round} of ${rounds}\n`);
      const played = await runRound(instances, length);
      if (round > 0) results.push(played);
    }
    console.log(`${describeMachine()}; ${services[0]?.versions}`);
    console.log(
      `${CONNECTIONS} concurrent requests; ${count(SMALL.users)} users and ${count(large.users)}, 3 sessions each.`,
    );
    printGrowth(results);
    printPruning(large, instances.large);
    for (const instance of Object.values(instances)) await instance.close();
  } catch (error) {
    for (const { latchkey } of services) process.stderr.write(`${latchkey.logTail()}\n`);
    throw error;
  } finally {
    await Promise.all(services.map((service) => service.close()));
  }
  return judgeGrowth(results, margin);
}

function printPruning({ sessions }: Size, { pruned }: Instance): void {
  const rate = (pruned.rows / pruned.time) * 1000;
  const needed = sessions / (LIFETIME * 24 * 60 * 60);
  console.log(
    `\nDeleted meanwhile: ${count(pruned.rows)} of ${count(sessions * DUE_SHARE)} expired sessions, ${count(Math.round(rate))} per second; ` +
      `with ${count(sessions)} sessions and a lifetime of ${LIFETIME} days, ${needed.toFixed(1)} per second expire.`,
  );
}

const count = (number: number): string => number.toLocaleString('en');
