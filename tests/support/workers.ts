import { expect } from 'vitest';
import { type ApiClient, apiClient } from './client.ts';
import { type RunningService, startService } from './program.ts';
import { eventually } from './server-process.ts';

type Line = Record<string, unknown> & { msg: string; pid: number };

export interface Workers extends RunningService {
  /** The lines of the log. */
  lines(message?: string): Line[];
  /** The process IDs of all workers that have been started, in this order. */
  pids(): number[];
  /** The one that does the background work, as last logged. */
  background(): Promise<number>;
  /** A client with its own IP address and a new connection for each request. */
  client(): ApiClient;
  /** Waits until all workers serve. */
  ready(count: number): Promise<void>;
}

/** Starts `latchkey serve` with several workers. The caller must stop it. */
export async function startWorkers(env: Record<string, string>): Promise<Workers> {
  const service = await startService({ WORKERS: '2', LOG_LEVEL: 'debug', TRUSTED_PROXIES: '127.0.0.1/32', ...env });
  const lines = (message?: string) =>
    service
      .output()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line)
      .filter(({ msg }) => message === undefined || msg === message);
  const client = () => apiClient(service.url, { headers: { connection: 'close' } });
  const workers = {
    ...service,
    lines,
    client,
    pids: () => lines('a worker process starts').map(({ worker }) => Number(worker)),
    background: () =>
      eventually(() => {
        const last = lines('this worker does the background work').at(-1);
        if (!last) throw new Error('no worker does the background work');
        return last.pid;
      }),
    ready: async (count: number) => {
      await expect.poll(() => lines('a worker process serves').length).toBeGreaterThanOrEqual(count);
    },
  };
  await workers.ready(Number(env.WORKERS ?? 2));
  return workers;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const hasEnded = (pid: number): Promise<unknown> => expect.poll(() => isRunning(pid)).toBe(false);
