import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { MINUTE } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

// One process can have an embedded database open. While the service runs, some commands therefore ask it, through a Unix
// socket next to the database. The folder is open to its owner alone, like the secret in it.

const CREATE_SUPERUSER = z.object({
  command: z.literal('create-superuser'),
  email: z.string(),
  password: z.string(),
  resetSecondFactors: z.boolean().optional(),
});
const BACKUP = z.object({ command: z.literal('backup') });
const REQUEST = z.discriminatedUnion('command', [CREATE_SUPERUSER, BACKUP]);
type Request = z.infer<typeof REQUEST>;

/** What the service does for each command. */
export interface Handlers {
  /** Returns the answer, which is sent as JSON. */
  'create-superuser': (request: z.infer<typeof CREATE_SUPERUSER>) => Promise<object>;
  /** Returns a tar file. */
  backup: () => Promise<Buffer>;
}

/** Bytes of a request. */
const SIZE_LIMIT = 8192;

/** @param directory of the embedded database */
const socketOf = (directory: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\latchkey-${createHash('sha256').update(directory).digest('hex').slice(0, 32)}`
    : `${directory}.sock`;

/**
 * Listens for commands of other processes. If it cannot listen, the service runs all the same, and has to be stopped for
 * these commands.
 * @returns a function that stops listening
 */
export function listenForCommands(directory: string, handlers: Handlers, log: Log): () => void {
  const path = socketOf(directory);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.setTimeout(MINUTE, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    respond(socket, handlers).catch((error) => {
      log.warn({ err: error }, 'a command could not be run');
      socket.destroy();
    });
  });
  server.on('error', (error) => log.debug({ err: error }, 'commands need the service stopped'));
  if (process.platform !== 'win32') rmSync(path, { force: true }); // Left behind by a crash.
  server.listen(path);
  server.unref();
  return () => server.close();
}

async function respond(socket: Socket, handlers: Handlers): Promise<void> {
  const request = REQUEST.parse(JSON.parse((await readAll(socket)).toString()));
  if (request.command === 'backup') socket.end(await handlers.backup());
  else socket.end(JSON.stringify(await handlers['create-superuser'](request)));
}

/** Reads until the other side ends its half. Unlike `text` of Node.js, leaves our half open for the answer. */
async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    if (socket.bytesRead > SIZE_LIMIT) socket.destroy();
  });
  await Promise.race([once(socket, 'end'), once(socket, 'close')]);
  return Buffer.concat(chunks);
}

/** Asks the service that has the embedded database open. @returns its answer, which is empty if it refuses */
export function askService(directory: string, request: Request): Readable {
  const socket = connect({ path: socketOf(directory), allowHalfOpen: true });
  socket.end(JSON.stringify(request));
  return socket;
}
