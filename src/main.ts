import type { Overrides } from './app/infrastructure.ts';
import { listenForCommands } from './app/service-socket.ts';
import { createSuperuser } from './app/superuser-command.ts';
import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import type { Log } from './core/log.ts';
import { describeMetrics } from './http/metrics-server.ts';
import { waitForStop } from './http/stop.ts';
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
  const app = await openServer(config, { log, database });
  app.startBackground();
  const closeSocket = openSocket(config, { app, log, database });
  log.info(describeServer(config, app), 'serving');

  const code = await waitForStop(log);
  closeSocket?.();
  await app.drain.run(app.http);
  await app.close();
  return code;
}

/** Lets commands of other processes use the embedded database. They can use PostgreSQL by themselves. */
function openSocket({ database: target }: Config, { app, log, database }: Omit<Options, 'config'> & { app: App }) {
  if (target.kind !== 'embedded' || !database.dump) return undefined;
  return listenForCommands(
    target.directory,
    {
      'create-superuser': (request) => createSuperuser(app.services.superusers, request),
      backup: database.dump,
    },
    log,
  );
}

/** Builds the service and opens its port. */
export async function openServer(config: Config, overrides: Overrides): Promise<App> {
  const app = await createApp(config, overrides);
  try {
    await app.prepare();
    await app.http.listen({ host: config.http.host, port: config.http.port });
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

export function describeServer({ production, http, database, store, passwords }: Config, app: App): object {
  const { publicUrl, graphiql, outboxViewer } = http;
  const address = app.http.server.address(); // A string only for a Unix socket, which is never used.
  return {
    url: `${publicUrl}/graphql`,
    ...(typeof address === 'object' && address ? { host: address.address, port: address.port } : {}),
    mode: production ? 'production' : 'development',
    database: database.kind,
    store: store.kind,
    ...describeMetrics(app.metricsServer),
    hashes: passwords.hashConcurrency,
    ...(graphiql ? { graphiql: `${publicUrl}/graphql` } : {}),
    ...(outboxViewer ? { outbox: `${publicUrl}/dev/outbox` } : {}),
  };
}
