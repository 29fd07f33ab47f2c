import type { Snapshot } from '../infra/metrics/prometheus.ts';

// What a worker and the primary process, which started it, tell each other. The hash scheduler has a topic of its own.

/** From a worker, once: whether it serves. */
export const STARTED = 'started';
export type Started =
  /** For the log. */
  | { server: object }
  /** For the terminal and the exit code of the command. */
  | { failure: { exitCode: number; text: string } };

/** From a worker that finishes its requests and ends, although the primary has not told it to. */
export const LEAVING = 'leaving';

/** With the name of a queue, in both directions. */
export const WAKE = 'wake';

/** From the primary: the number of a scrape. From a worker: its `Answer` with the same number. */
export const SCRAPE = 'scrape';
export interface Answer {
  scrape: number;
  snapshot: Snapshot;
}

/** From the primary. */
export const ORDER = 'order';
export type Order =
  /** Do the background work of the server. */
  | 'work'
  /** Finish the requests and end. */
  | 'stop'
  /** All others have ended, so no more messages will be written. */
  | 'last';
