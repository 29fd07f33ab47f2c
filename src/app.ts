import type { FastifyInstance } from 'fastify';
import { createHttp } from './app/http.ts';
import { type Infrastructure, type Overrides, openInfrastructure } from './app/infrastructure.ts';
import { createServices, type Services } from './app/services.ts';
import type { Config } from './config.ts';
import { startHousekeeping } from './features/housekeeping/housekeeping.service.ts';
import { createDrain, type Drain } from './http/drain.ts';
import { pruneRateLimits } from './infra/store/prune-rate-limits.ts';

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
  const infra = await openInfrastructure(config, overrides);
  try {
    return await assemble(infra);
  } catch (error) {
    await infra.close();
    throw error;
  }
}

async function assemble(infra: Infrastructure): Promise<App> {
  const services = createServices(infra);
  const drain = createDrain({ log: infra.log });
  const http = await createHttp(infra, services, drain);
  const { keys, outbox } = services;
  let housekeeping: ReturnType<typeof startHousekeeping> | undefined;

  return {
    services,
    http,
    drain,
    async start() {
      await keys.start();
      outbox.start();
      housekeeping = startHousekeeping(sweepsOf(infra, services), { log: infra.log });
    },
    async close() {
      await http.close();
      await Promise.all([housekeeping?.close(), outbox.close(), keys.close()]);
      await infra.close();
    },
  };
}

const sweepsOf = ({ db, clock }: Infrastructure, { challenges, outbox, sessions }: Services) => ({
  challenges: challenges.prune,
  outbox: outbox.prune,
  sessions: sessions.prune,
  rateLimits: (limit: number) => pruneRateLimits(db, clock.now(), limit),
  revocations: sessions.pruneRevocations,
});
