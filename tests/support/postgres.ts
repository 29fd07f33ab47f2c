import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { cached } from './cache.ts';
import { freePort } from './ports.ts';
import {
  findProgram,
  removeDirectory,
  startProcess,
  temporaryDirectory,
  unprivilegedUser,
  versionedPlaces,
  whenReady,
} from './server-process.ts';

export interface PostgresServer {
  /** The superuser's URL of the database `postgres`. freshDatabase creates further databases on the server. */
  readonly url: string;
  /** The directory of its data and of its sockets. */
  readonly home: string;
  readonly pid: number;
  /** SIGSTOP and SIGCONT of the postmaster: open sessions continue, new ones get no response. */
  pause(): void;
  resume(): void;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Stops the server in this mode and starts it again on the same port and data. */
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  stop(): Promise<void>;
}

const directories = [
  ...versionedPlaces('/usr/lib/postgresql', 'bin'),
  ...versionedPlaces('/opt/homebrew/opt', 'bin').filter((place) => place.includes('postgresql')),
];

export const postgresPrograms = (): { initdb: string; postgres: string } | undefined => {
  const [initdb, server] = [findProgram('initdb', directories), findProgram('postgres', directories)];
  return initdb && server ? { initdb, postgres: server } : undefined;
};

/** Copies the data of a running server, with what makes the copy its standby. */
function copyAsStandby(primary: PostgresServer, data: string): void {
  const program = findProgram('pg_basebackup', directories);
  if (!program) throw new Error('pg_basebackup is not found');
  runProgram(program, ['-d', primary.url, '-D', data, '--write-recovery-conf', '--checkpoint=fast']);
}

interface Options {
  /** Uses fsync, for crash tests. */
  durable?: boolean;
  /** Further settings, such as { max_connections: '20' }. */
  settings?: Record<string, string>;
  /** The lines of pg_hba.conf. */
  hba?: readonly string[];
  /** Uses TLS, with this certificate. */
  certificate?: { cert: string; key: string; ca?: string };
  /** Listens on ::1, too, and on a socket in `home`. */
  everywhere?: boolean;
  /** Makes it a standby of this server, by streaming replication. */
  standbyOf?: PostgresServer;
}

/** Starts a PostgreSQL server for one suite: on a free port of 127.0.0.1, without passwords, in a temporary directory. */
export async function startPostgres(options: Options = {}): Promise<PostgresServer> {
  const { durable = false, settings = {}, hba, certificate, everywhere = false, standbyOf } = options;
  const programs = postgresPrograms();
  if (!programs) throw new Error('initdb and postgres are not found');
  const user = unprivilegedUser();
  const home = temporaryDirectory('postgres');
  const data = join(home, 'data');
  if (standbyOf) copyAsStandby(standbyOf, data);
  else execFileSync('cp', ['-r', await initialised(programs, user), data]);
  if (hba) writeFileSync(join(data, 'pg_hba.conf'), `${hba.join('\n')}\n`);
  const files = Object.entries(certificate ?? {}).map(([name, pem]) => {
    const file = join(data, `tls-${name}.pem`);
    writeFileSync(file, pem, { mode: 0o600 });
    return [`ssl_${name}_file`, file] as const;
  });
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, home]);
  chmodSync(data, 0o700);

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '32MB',
    ...(certificate ? { ssl: 'on', ...Object.fromEntries(files) } : {}),
    ...(everywhere ? { listen_addresses: '127.0.0.1,::1', unix_socket_directories: home } : {}),
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...settings,
  };
  const args = ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const start = () => startProcess({ command: programs.postgres, args, user });

  let server = start();
  const ready = () => whenReady(server, () => connectOnce(url));
  await ready();

  const kill = async (signal: NodeJS.Signals) => {
    server.signal('SIGCONT');
    server.signal(signal);
    await server.ended;
  };
  return {
    url,
    home,
    get pid() {
      return server.pid;
    },
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    kill,
    async restart(mode) {
      await kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
      server = start();
      await ready();
    },
    async stop() {
      if (!server.hasEnded()) await kill('SIGQUIT');
      removeDirectory(home);
    },
  };
}

/** The data directory made by initdb. It is kept, because making one takes seconds. */
function initialised(programs: { initdb: string; postgres: string }, user: ReturnType<typeof unprivilegedUser>) {
  const version = runProgram(programs.postgres, ['--version']);
  return cached(`postgres-${createHash('sha256').update(version).digest('hex').slice(0, 12)}`, async () => {
    const home = temporaryDirectory('initdb');
    if (user) chownSync(home, user.uid, user.gid);
    const directory = join(home, 'data');
    const args = [
      '-D',
      directory,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--wal-segsize=1',
      '-N',
    ];
    runProgram(programs.initdb, args, { ...user, cwd: home });
    return directory;
  });
}

/** Runs the program and returns its output. If it fails, throws its standard error. */
function runProgram(program: string, args: readonly string[], options: { cwd?: string; uid?: number } = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...options, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(stderr.trim() || `${program} ends with ${status}`);
  return stdout;
}

async function connectOnce(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 1, onnotice: () => {} });
  try {
    await sql`select 1`;
  } finally {
    await sql.end({ timeout: 0 });
  }
}
