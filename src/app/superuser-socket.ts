import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { MINUTE } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Superusers } from '../features/superusers/superuser.service.ts';
import { fieldProblemText } from '../messages/problems.ts';

// One process can have an embedded database open. While the service runs, `latchkey create-superuser` therefore asks it,
// through a Unix socket next to the database. The folder is open to its owner alone, like the secret in it.

const REQUEST = z.object({ email: z.string(), password: z.string(), resetSecondFactors: z.boolean().optional() });
export type SuperuserRequest = z.infer<typeof REQUEST>;

/** `problems`: what is wrong with the input, by field. */
export type SuperuserAnswer = { outcome: 'created' | 'promoted' } | { problems: { path: string; text: string }[] };

/** Bytes, of a request or an answer. */
const SIZE_LIMIT = 8192;

/** @param directory of the embedded database */
const socketOf = (directory: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\latchkey-${createHash('sha256').update(directory).digest('hex').slice(0, 32)}`
    : `${directory}.sock`;

/** Creates superusers. The same for a request of another process and for the command itself. */
export async function createSuperuser(superusers: Superusers, request: SuperuserRequest): Promise<SuperuserAnswer> {
  const outcome = await superusers.create(request);
  if (typeof outcome === 'string') return { outcome };
  return { problems: outcome.fields.map((problem) => ({ path: problem.path, text: fieldProblemText(problem, 'en') })) };
}

/**
 * Listens for requests of `askForSuperuser`. If it cannot, the service works without: the command then needs it stopped.
 * @returns a function that ends it
 */
export function listenForSuperusers(directory: string, superusers: Superusers, log: Log): () => void {
  const path = socketOf(directory);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.setTimeout(MINUTE, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    respond(socket, superusers).catch((error) => {
      log.warn({ err: error }, 'could not create a superuser');
      socket.destroy();
    });
  });
  server.on('error', (error) => log.debug({ err: error }, 'create-superuser needs the service stopped'));
  if (process.platform !== 'win32') rmSync(path, { force: true }); // Left behind by a crash.
  server.listen(path);
  server.unref();
  return () => server.close();
}

async function respond(socket: Socket, superusers: Superusers): Promise<void> {
  const request = REQUEST.parse(JSON.parse(await readAll(socket)));
  socket.end(JSON.stringify(await createSuperuser(superusers, request)));
}

/** What the other side sends before it ends its half. Unlike `text` of Node.js, leaves our half open. */
async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    if (socket.bytesRead > SIZE_LIMIT) socket.destroy();
  });
  await Promise.race([once(socket, 'end'), once(socket, 'close')]);
  return Buffer.concat(chunks).toString();
}

/** Asks the service that has the embedded database open. @throws if none responds */
export async function askForSuperuser(directory: string, request: SuperuserRequest): Promise<SuperuserAnswer> {
  const socket = connect({ path: socketOf(directory), allowHalfOpen: true });
  socket.end(JSON.stringify(request));
  return JSON.parse(await readAll(socket)) as SuperuserAnswer; // createSuperuser writes it.
}
