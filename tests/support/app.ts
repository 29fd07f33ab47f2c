import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import type { Overrides } from '../../src/app/infrastructure.ts';
import { type App, createApp } from '../../src/app.ts';
import type { Config, Environment, Registries } from '../../src/config.ts';
import { type Deadlines, openDatabase } from '../../src/infra/db/client.ts';
import { openReadyDatabase } from '../../src/infra/db/ready-database.ts';
import { type ApiClient, apiClient, type Caller } from './client.ts';
import { loadTestConfig } from './config.ts';
import { embeddedDatabase } from './databases.ts';
import { type LogLine, recordingLog } from './log.ts';
import { startOwnTime } from './own-time.ts';

/** A message as the outbox viewer shows it. */
export interface OutboxMessage {
  id: string;
  channel: string;
  to: string;
  kind: string;
  locale: string;
  state: string;
  subject: string;
  text: string;
  html: string;
  code: string | null;
  link: string | null;
}

export interface TestApp {
  app: App;
  url: string;
  /** A client with its own IP address. */
  client(caller?: Caller): ApiClient;
  /** Waits until there are `wanted` messages to the address. Returns all of them, newest first. */
  mail(to: string, wanted?: number): Promise<OutboxMessage[]>;
  /** The lines of the log. */
  logged: LogLine[];
  /** The cost parameters of password hashes. */
  argon2: Config['passwords']['argon2'];
  close(): Promise<void>;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Without them, the service has its own. */
    deadlines?: { database: Deadlines; redis: number };
  }
}

/** Below what the settings accept, to make hashing quick. DEFAULT_ARGON2 is for tests that need the real cost. */
const QUICK_ARGON2 = { memoryKib: 64, passes: 1, lanes: 1 };
export const DEFAULT_ARGON2: Environment = { ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2' };

/** Starts the real service, by default on a free port. Without DATABASE_URL, it uses a fresh embedded database in memory. */
export async function startApp(
  env: Environment = {},
  { registries, ...overrides }: Partial<Overrides> & { registries?: Registries | undefined } = {},
  port = 0,
): Promise<TestApp> {
  const defaults = { PORT: '0', TRUSTED_PROXIES: '127.0.0.1/32', OUTBOX_VIEWER: 'on', LOG_LEVEL: 'debug' };
  const config = loadTestConfig({ ...defaults, ...env }, registries);
  if (env.ARGON2_MEMORY_KIB === undefined) config.passwords.argon2 = QUICK_ARGON2;
  const { log, lines } = recordingLog();
  const deadlines = inject('deadlines');
  const database =
    overrides.database ??
    (env.DATABASE_URL ? await openDatabase(config.database, deadlines?.database) : await embeddedDatabase());
  const app = await createApp(config, { log, redisDeadline: deadlines?.redis, ...overrides, database });
  await app.prepare();
  app.startBackground();
  const url = await app.http.listen({ host: '127.0.0.1', port });

  return {
    app,
    url,
    client: (caller) => apiClient(url, caller),
    mail: (to, wanted = 1) => waitForMail(app, to, wanted),
    logged: lines,
    argon2: config.passwords.argon2,
    close: () => app.close(),
  };
}

/** Starts the service in this process on the database of the settings, as `serve` does, with its secret in DATA_DIR. */
export async function startAppOn(env: Environment): Promise<TestApp> {
  const settings = { SECRET_KEY: undefined, ...env };
  return startApp(settings, { database: await openReadyDatabase(loadTestConfig(settings), 0) });
}

/** As many as the viewer shows. Its page would write all of them, with their HTML, as JSON each time. */
const SHOWN = 100;

async function waitForMail({ services }: App, to: string, wanted: number): Promise<OutboxMessage[]> {
  for (const elapsed = startOwnTime(); ; ) {
    const messages = (await services.outbox.recent(SHOWN)).filter((message) => message.to === to);
    if (messages.length >= wanted || elapsed() > 10_000) return messages as OutboxMessage[]; // What the texts of a mail are to a test.
    await sleep(20);
  }
}
