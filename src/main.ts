import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import type { Log } from './core/log.ts';
import { handleTheUnhandled } from './http/unhandled.ts';
import type { Database } from './infra/db/client.ts';

interface Options {
  config: Config;
  log: Log;
  /** Ready; closed at the end. */
  database: Database;
}

/**
 * Serves until SIGTERM or SIGINT, then finishes what is in flight.
 * @returns the exit code: 0, or 1 when an exception that nobody caught has ended it
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
  log.info(whereabouts(config, app), 'serving');

  const code = await toldToStop(log);
  await app.drain.run(app.http);
  await app.close();
  return code;
}

function whereabouts({ production, http, database, store }: Config, app: App): object {
  const { publicUrl, graphiql, outboxViewer } = http;
  const address = app.http.server.address(); // Text only for a Unix socket, which we have none of.
  return {
    url: `${publicUrl}/graphql`,
    ...(typeof address === 'object' && address ? { host: address.address, port: address.port } : {}),
    mode: production ? 'production' : 'development',
    database: database.kind,
    store: store.kind,
    ...(graphiql ? { graphiql: `${publicUrl}/graphql` } : {}),
    ...(outboxViewer ? { outbox: `${publicUrl}/dev/outbox` } : {}),
  };
}

/** Resolves at the first reason to stop. A second signal ends the process on the spot. */
function toldToStop(log: Log): Promise<number> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const other of STOPPING) process.off(other, stop);
      log.info({ signal }, 'stopping');
      resolve(0);
    };
    for (const signal of STOPPING) process.on(signal, stop);
    handleTheUnhandled(process, { log, end: () => resolve(1) });
  });
}

const STOPPING = ['SIGTERM', 'SIGINT'] as const;
