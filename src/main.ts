import { listenForSuperusers } from './app/superuser-socket.ts';
import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import type { Log } from './core/log.ts';
import { handleUnhandledErrors } from './http/unhandled.ts';
import type { Database } from './infra/db/client.ts';

interface Options {
  config: Config;
  log: Log;
  /** Migrated and ready. Closed at the end. */
  database: Database;
}

/**
 * Serves until SIGTERM or SIGINT, then finishes pending requests.
 * @returns the exit code: 0, or 1 after an uncaught exception
 */
export async function serve({ config, log, database }: Options): Promise<number> {
  const app = await createApp(config, { log, database });
  try {
    await app.start();
    await app.http.listen({ host: config.http.host, port: config.http.port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { superusers } = app.services;
  const stopListening =
    config.database.kind === 'embedded' && listenForSuperusers(config.database.directory, superusers, log);
  log.info(describeServer(config, app), 'serving');

  const code = await waitForStop(log);
  if (stopListening) stopListening();
  await app.drain.run(app.http);
  await app.close();
  return code;
}

function describeServer({ production, http, database, store }: Config, app: App): object {
  const { publicUrl, graphiql, outboxViewer } = http;
  const metrics = app.metricsServer;
  const address = app.http.server.address(); // A string only for a Unix socket, which is never used.
  return {
    url: `${publicUrl}/graphql`,
    ...(typeof address === 'object' && address ? { host: address.address, port: address.port } : {}),
    mode: production ? 'production' : 'development',
    database: database.kind,
    store: store.kind,
    ...(metrics ? { metrics: `http://${metrics.host}:${metrics.port}/metrics` } : {}),
    ...(graphiql ? { graphiql: `${publicUrl}/graphql` } : {}),
    ...(outboxViewer ? { outbox: `${publicUrl}/dev/outbox` } : {}),
  };
}

/** Resolves with the exit code at the first signal or unhandled error. A second signal ends the process at once. */
function waitForStop(log: Log): Promise<number> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const other of STOPPING) process.off(other, stop);
      log.info({ signal }, 'stopping');
      resolve(0);
    };
    for (const signal of STOPPING) process.on(signal, stop);
    handleUnhandledErrors(process, { log, end: () => resolve(1) });
  });
}

const STOPPING = ['SIGTERM', 'SIGINT'] as const;
