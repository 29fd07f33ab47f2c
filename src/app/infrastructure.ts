import type { Config } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Tracer } from '../core/tracer.ts';
import { createHashScheduler, type HashScheduler, listHashLimits } from '../features/credentials/hash-scheduler.ts';
import type { QueuePeers } from '../features/outbox/queue-worker.ts';
import { type Database, type Db, openDatabase } from '../infra/db/client.ts';
import { databaseClock } from '../infra/db/clock.ts';
import type { Disk } from '../infra/db/disk.ts';
import { logMailer } from '../infra/mail/log-mailer.ts';
import type { Mailer } from '../infra/mail/mailer.ts';
import { smtpMailer } from '../infra/mail/smtp-mailer.ts';
import type { Metrics } from '../infra/metrics/metrics.ts';
import type { PrometheusMetrics } from '../infra/metrics/prometheus.ts';
import { observeMailer, observeSms, observeWeb } from '../infra/observed-requests.ts';
import { openSmsSender } from '../infra/sms/open-sms-sender.ts';
import type { SmsSender } from '../infra/sms/sms-sender.ts';
import { openStore, type Store } from '../infra/store/open-store.ts';
import { traceMailer, traceSms, traceWeb } from '../infra/traced-calls.ts';
import { boundedWeb } from '../infra/web/bounded-web.ts';
import type { OpenWeb } from '../infra/web/web.ts';
import { createObservers, type Observers } from './observers.ts';

/** What a caller can supply in place of the defaults. */
export interface Overrides {
  log: Log;
  /** Already open and migrated. */
  database?: Database;
  /** Milliseconds for a command. */
  redisDeadline?: number | undefined;
  /** Instead of the database's time. */
  clock?: Clock;
  mailer?: Mailer;
  sms?: SmsSender;
  openWeb?: OpenWeb;
  /** Undefined: nothing is measured. */
  metrics?: Metrics | undefined;
  /** For one of several processes: passes its metrics on. Default: they are served on METRICS_PORT. */
  shareMetrics?: (metrics: PrometheusMetrics) => void;
  /** Undefined: nothing is traced. */
  tracer?: Tracer | undefined;
  /** Default: one for this process alone. */
  hashScheduler?: HashScheduler;
  /** The other processes of the server. Undefined: there are none. */
  queuePeers?: QueuePeers;
}

/** What the services depend on. */
export interface Infrastructure {
  config: Config;
  log: Log;
  db: Db;
  disk: Disk;
  clock: Clock;
  store: Store;
  mailer: Mailer;
  sms: SmsSender;
  openWeb: OpenWeb;
  metrics: Metrics | undefined;
  observers: Observers;
  tracer: Tracer | undefined;
  /** Undefined for the embedded database. */
  poolUsage: Database['poolUsage'];
  hashScheduler: HashScheduler;
  queuePeers: QueuePeers | undefined;
  close(): Promise<void>;
}

export async function openInfrastructure(config: Config, overrides: Overrides): Promise<Infrastructure> {
  const { log, database, redisDeadline, clock, mailer, sms, openWeb = boundedWeb, metrics } = overrides;
  const { hashScheduler = createHashScheduler(listHashLimits(config)), queuePeers, tracer } = overrides;
  const observers = metrics ? createObservers(metrics, config) : {};
  const { outgoing } = observers;
  const opened = database ?? (await openDatabase(config.database));
  opened.disk.onChange((isFull) => {
    if (isFull) log.error({}, 'disk full: the database cannot write, and requests that write get 503');
    else log.info({}, 'the database has space for writes again');
  });
  const db = tracer ? opened.traced(tracer) : opened.db;
  try {
    const mail = mailer ?? openMailer(config, log);
    const time = clock ? { now: clock.now, close: () => {} } : await databaseClock(opened.db);
    const texts =
      sms ?? (await openSmsSender(config.sms.gateway, { log, clock: time, viewer: outboxViewerUrl(config) }));
    const store = await openStore(config.store, {
      db,
      tracer,
      clock: time,
      redisDeadline,
      onFallback: observers.onFallback,
      onRedisChange: (up, { nodes }) =>
        up
          ? log.warn({ up, nodes: nodes() }, 'Redis is used again')
          : log.warn({ up }, 'Redis cannot be used: the database is used instead'),
      onRedisFailure: ({ node, reason, remedy }) => log.warn({ node }, `Redis at ${node}: ${reason}; ${remedy}`),
    });
    return {
      config,
      log,
      db,
      disk: opened.disk,
      clock: time,
      store,
      ...watchCalls(
        { mailer: mail, sms: texts, openWeb },
        { outgoing, tracer, gateway: config.sms.gateway?.gateway.name },
      ),
      metrics,
      observers,
      tracer,
      poolUsage: opened.poolUsage,
      hashScheduler,
      queuePeers,
      async close() {
        time.close();
        await Promise.all([store.close(), mail.close(), texts.close()]);
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

type Calls = Pick<Infrastructure, 'mailer' | 'sms' | 'openWeb'>;

interface Watchers {
  outgoing: Observers['outgoing'];
  tracer: Tracer | undefined;
  gateway: string | undefined;
}

/** Measures and traces requests to other servers. */
function watchCalls(calls: Calls, { outgoing, tracer, gateway }: Watchers): Calls {
  const observed = outgoing
    ? {
        mailer: observeMailer(calls.mailer, outgoing),
        sms: observeSms(calls.sms, outgoing),
        openWeb: observeWeb(calls.openWeb, outgoing),
      }
    : calls;
  if (!tracer) return observed;
  return {
    mailer: traceMailer(observed.mailer, tracer),
    sms: traceSms(observed.sms, tracer, gateway),
    openWeb: traceWeb(observed.openWeb, tracer),
  };
}

export function openMailer(config: Config, log: Log): Mailer {
  const { mail } = config;
  if (mail.kind === 'smtp') return smtpMailer({ url: mail.url, from: mail.from });
  return logMailer({ log, viewer: outboxViewerUrl(config) });
}

/** The URL for reading messages that are not sent; undefined if the viewer is off. */
const outboxViewerUrl = ({ http }: Config): string | undefined =>
  http.outboxViewer ? `${http.publicUrl}/dev/outbox` : undefined;
