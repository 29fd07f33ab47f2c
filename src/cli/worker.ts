import './engine.ts';

import { loadConfig, readEnvironment } from '../config.ts';
import { openReadyDatabase } from '../infra/db/ready-database.ts';
import { createLog } from '../infra/log.ts';
import { openIpcChannel } from '../workers/ipc-channel.ts';
import { followOrders } from '../workers/orders.ts';
import { STARTED, type Started } from '../workers/topics.ts';
import { EXIT, explainFailure, Stop, toExitCode } from './exit.ts';

/**
 * Runs a worker of `serve`, which has started this process and reports why the worker does not start.
 * @param wait how long to wait for the database, in milliseconds
 */
export async function runWorker({ wait }: { wait: number }): Promise<number> {
  if (!process.connected) throw new Stop(EXIT.usage, 'workers are started by serve: set WORKERS');
  // Terminals and some supervisors signal all processes, and the primary process decides what follows.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  const channel = openIpcChannel(process);
  const orders = followOrders(channel);

  async function start() {
    const loaded = loadConfig(readEnvironment());
    if ('errors' in loaded) throw new Stop(EXIT.configuration, loaded.errors.join('; '));
    const { config } = loaded;
    const log = createLog({ ...config.log, isShared: true });
    const [database, { startWorker }] = await Promise.all([
      openReadyDatabase(config, wait),
      import('../workers/worker.ts'),
    ]);
    return startWorker({ config, log, database, channel, orders });
  }

  try {
    const server = await Promise.race([start(), orders.stop]);
    return server === 'stop' ? EXIT.ok : await server.ended;
  } catch (error) {
    const failure = { exitCode: toExitCode(error), text: explainFailure(error) };
    channel.send(STARTED, { failure } satisfies Started);
    return failure.exitCode;
  }
}
