import { setTimeout as sleep } from 'node:timers/promises';
import { monotonic, SECOND } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { HashScheduler } from '../features/credentials/hash-scheduler.ts';
import { shareHashScheduler } from '../features/credentials/shared-hash-scheduler.ts';
import { createBackgroundRole } from './background-role.ts';
import type { CrewMetrics } from './crew-metrics.ts';
import { forkWorker, type WorkerProcess } from './worker-process.ts';

/** The workers of a server. */
export interface Crew {
  launch(): WorkerProcess;
  /** Replaces the worker when it ends, and its replacements. */
  keep(worker: WorkerProcess): void;
  /** Lets all finish their requests. Resolves when they have ended. */
  stop(): Promise<void>;
}

interface Dependencies {
  scheduler: HashScheduler;
  /** Undefined: nothing is measured. */
  metrics: CrewMetrics | undefined;
  log: Log;
}

/** Milliseconds that a worker runs before its end no longer counts as a failed start. */
const STABLE_AFTER = 10 * SECOND;
/** Milliseconds before the next replacement after two failed starts in a row. Doubled after each further one. */
const FIRST_PAUSE = SECOND / 4;
const LONGEST_PAUSE = 15 * SECOND;

export function createCrew({ scheduler, metrics, log }: Dependencies): Crew {
  const background = createBackgroundRole();
  const running = new Set<WorkerProcess>();
  const stopping = new AbortController();

  function launch(): WorkerProcess {
    const worker = forkWorker();
    running.add(worker);
    const giveBack = shareHashScheduler(scheduler, worker.channel);
    void worker.started.then((started) => {
      if ('failure' in started) return;
      log.debug({ worker: worker.pid }, 'a worker process serves');
      background.join(worker);
      metrics?.join(worker);
    });
    void worker.left.then(() => background.leave(worker));
    void worker.ended.then(() => {
      running.delete(worker);
      giveBack();
    });
    log.debug({ worker: worker.pid }, 'a worker process starts');
    return worker;
  }

  async function keep(first: WorkerProcess): Promise<void> {
    let failedStarts = 0;
    for (let worker = first; ; worker = launch()) {
      const since = monotonic();
      const ending = await worker.left;
      if (stopping.signal.aborted) return;
      failedStarts = monotonic() - since < STABLE_AFTER ? failedStarts + 1 : 0;
      const pause = failedStarts < 2 ? 0 : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failedStarts - 2));
      const started = await worker.started;
      const reason = 'failure' in started ? started.failure.text : undefined;
      const end = { exitCode: ending?.code, signal: ending?.signal, reason };
      metrics?.countReplacement();
      log.error({ worker: worker.pid, ...end, pause }, 'a worker process ended: another one takes its place');
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
    }
  }

  return {
    launch,
    keep: (worker) => void keep(worker),
    async stop() {
      stopping.abort();
      const last = background.end();
      const others = [...running].filter((worker) => worker !== last);
      for (const worker of running) worker.order('stop');
      await Promise.all(others.map(({ ended }) => ended));
      last?.order('last');
      await last?.ended;
    },
  };
}
