import type { FastifyInstance } from 'fastify';
import { type Ground, type Overrides, openGround } from './app/ground.ts';
import { createHttp } from './app/http.ts';
import { createServices, type Services } from './app/services.ts';
import type { Config } from './config.ts';
import { startHousekeeping } from './features/housekeeping/housekeeping.service.ts';
import { createDrain, type Drain } from './http/drain.ts';
import { pruneBudgets, pruneRevocations } from './infra/store/prune.ts';

// The composition root: this file and those in app/ are the only ones that know every name.

export interface App {
  services: Services;
  http: FastifyInstance;
  drain: Drain;
  /** Looks after keys, messages and expired rows from now on. */
  start(): Promise<void>;
  /** After the server has been drained: work in flight ends, then connections close. */
  close(): Promise<void>;
}

/** Opens what the configuration names and makes the whole service of it, not yet listening. */
export async function createApp(config: Config, overrides: Overrides): Promise<App> {
  const ground = await openGround(config, overrides);
  try {
    return await assemble(ground);
  } catch (error) {
    await ground.close();
    throw error;
  }
}

async function assemble(ground: Ground): Promise<App> {
  const services = createServices(ground);
  const drain = createDrain({ log: ground.log });
  const http = await createHttp(ground, services, drain);
  const { keys, outbox } = services;
  let housekeeping: ReturnType<typeof startHousekeeping> | undefined;

  return {
    services,
    http,
    drain,
    async start() {
      await keys.start();
      outbox.start();
      housekeeping = startHousekeeping(sweepsOf(ground, services), { log: ground.log });
    },
    async close() {
      await http.close();
      await Promise.all([housekeeping?.close(), outbox.close(), keys.close()]);
      await ground.close();
    },
  };
}

const sweepsOf = ({ db, clock }: Ground, { challenges, outbox, sessions }: Services) => ({
  challenges: challenges.prune,
  outbox: outbox.prune,
  sessions: sessions.prune,
  budgets: (limit: number) => pruneBudgets(db, clock.now(), limit),
  revocations: (limit: number) => pruneRevocations(db, clock.now(), limit),
});
