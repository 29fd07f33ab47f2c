import type { Config } from '../config.ts';
import { SECOND } from '../core/clock.ts';
import { type MetricsServer, serveMetrics } from '../http/metrics-server.ts';
import { combine, keepTotals, merge } from '../infra/metrics/combined.ts';
import { type Exposition, openPrometheus, type Snapshot } from '../infra/metrics/prometheus.ts';
import { type Answer, SCRAPE } from './topics.ts';
import type { WorkerProcess } from './worker-process.ts';

/** The metrics of all workers and of the primary process, on the port of METRICS_PORT. */
export interface CrewMetrics {
  readonly server: MetricsServer;
  /** A worker that serves. Its counts are kept when it ends, so that no sum becomes smaller. */
  join(worker: WorkerProcess): void;
  countReplacement(): void;
  close(): Promise<void>;
}

interface Member {
  /** The last answer. Empty before the first. */
  snapshot: Snapshot;
  ask(scrape: number): void;
  /** Ends the wait of the current scrape. @param answered false if the worker has ended */
  settle?: (answered: boolean) => void;
}

/** Milliseconds. A worker itself waits three seconds for the database, and Prometheus ten by default. */
const DEADLINE = 4 * SECOND;

/** @throws MetricsPortUnusable */
export async function openCrewMetrics(
  { host, port }: NonNullable<Config['metrics']>,
  deadline = DEADLINE,
): Promise<CrewMetrics> {
  const own = await openPrometheus();
  const members = new Set<Member>();
  /** The counts of workers that have ended. */
  const past: Snapshot[] = [];
  let scrapes = 0;
  let collecting: Promise<Exposition> | undefined;

  async function collect(): Promise<Exposition> {
    past.push(await merge(past.splice(0))); // Otherwise it would grow with each worker that ends.
    const scrape = ++scrapes;
    const asked = [...members];
    const answers = await Promise.all(asked.map((member) => waitForAnswer(member, scrape, deadline)));
    const silent = new Set(asked.filter((_, index) => !answers[index]));
    for (const member of silent) if (members.has(member)) own.count('latchkey_workers_silent_total', {});
    const primary = await own.snapshot();
    const current = [...members].map((member) => (silent.has(member) ? keepTotals(member.snapshot) : member.snapshot));
    return combine([primary, ...past, ...current]);
  }

  const server = await serveMetrics({
    host,
    port,
    scrape() {
      collecting ??= collect().finally(() => {
        collecting = undefined;
      });
      return collecting;
    },
  });

  return {
    server,
    join({ channel, ended }) {
      const member: Member = { snapshot: [], ask: (scrape) => channel.send(SCRAPE, scrape) };
      channel.listen<Answer>(SCRAPE, (answer) => {
        member.snapshot = answer.snapshot;
        // An answer to an earlier scrape came too late for that one.
        if (answer.scrape === scrapes) member.settle?.(true);
      });
      members.add(member);
      void ended.then(() => {
        members.delete(member);
        member.settle?.(false);
        past.push(keepTotals(member.snapshot));
      });
    },
    countReplacement: () => own.count('latchkey_workers_replaced_total', {}),
    close: () => server.close(),
  };
}

/** @returns whether the worker answered in time */
function waitForAnswer(member: Member, scrape: number, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, deadline, false);
    member.settle = (answered) => {
      clearTimeout(timer);
      resolve(answered);
    };
    member.ask(scrape);
  });
}
