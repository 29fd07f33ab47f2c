import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the range of outgoing ports, so that a restarted server finds its port free.
const [LOWEST, HIGHEST] = [11_000, 21_000];

/** A free port on 127.0.0.1. The ports at these distances from it are free, too. */
export async function freePort(...distances: number[]): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const free = await Promise.all([0, ...distances].map((distance) => isFree(port + distance)));
    if (free.every(Boolean)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
