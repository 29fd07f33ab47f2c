import { WAKE } from './topics.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Which worker does the background work of the server: message delivery, webhooks and housekeeping. */
export interface BackgroundRole {
  /** A worker that serves. It gets the role if no other one has it. */
  join(worker: WorkerProcess): void;
  /** Passes the role on to another worker. */
  leave(worker: WorkerProcess): void;
  /** Passes it on to no one, from now on. Returns the worker that has it. */
  end(): WorkerProcess | undefined;
}

export function createBackgroundRole(): BackgroundRole {
  const candidates = new Set<WorkerProcess>();
  let holder: WorkerProcess | undefined;
  let hasEnded = false;

  function assign(): void {
    if (holder || hasEnded) return;
    [holder] = candidates;
    holder?.order('work');
  }

  return {
    join(worker) {
      candidates.add(worker);
      worker.channel.listen<string>(WAKE, (queue) => {
        if (holder !== worker) holder?.channel.send(WAKE, queue);
      });
      assign();
    },
    leave(worker) {
      candidates.delete(worker);
      if (holder !== worker) return;
      holder = undefined;
      assign();
    },
    end() {
      hasEnded = true;
      return holder;
    },
  };
}
