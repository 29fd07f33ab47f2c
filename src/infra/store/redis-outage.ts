import { SECOND } from '../../core/clock.ts';
import type { Redis } from './redis-client.ts';
import { explainOutage, type RedisFailure } from './redis-failure.ts';
import type { RedisServers } from './redis-servers.ts';

interface Options {
  servers: RedisServers;
  ca: string | undefined;
  report(failure: RedisFailure): void;
}

/** Milliseconds between two examinations during an outage, whose reason may change. */
const EXAMINE_INTERVAL = 15 * SECOND;

/** Reports why Redis cannot be used: during an outage, each reason of each server once. */
export function createOutageReports({ servers, ca, report }: Options) {
  let timer: NodeJS.Timeout | undefined;
  let outage: { reported: Set<string> } | undefined;

  const examine = async (current: typeof outage, redis: Pick<Redis, 'nodes' | 'problem'>) => {
    const failures = await explainOutage(servers, redis, ca);
    for (const failure of failures) {
      const id = `${failure.node} ${failure.reason}`;
      if (!current || current.reported.has(id)) continue;
      current.reported.add(id);
      report(failure);
    }
    if (outage === current) timer = setTimeout(examine, EXAMINE_INTERVAL, current, redis).unref();
  };

  return {
    onChange(up: boolean, redis: Pick<Redis, 'nodes' | 'problem'>): void {
      clearTimeout(timer);
      outage = up ? undefined : { reported: new Set() };
      if (outage) void examine(outage, redis);
    },
    close(): void {
      clearTimeout(timer);
      outage = undefined;
    },
  };
}
