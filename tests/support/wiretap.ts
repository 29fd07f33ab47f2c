import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './ports.ts';

/** What a client makes PostgreSQL keep for its connection. */
export interface Heard {
  /** The parameters of the startup message. */
  parameters?: Record<string, string>;
  /** The name of a prepared statement. PostgreSQL does not keep unnamed ones (''). */
  statement?: string;
}

/** A PostgreSQL proxy that records what would not work behind a pooler. */
export async function startWiretap(target: { host: string; port: number }) {
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target);
    const listen = messageReader((message) => heard.push(message));
    client.on('data', (bytes) => {
      listen(bytes);
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => client.write(bytes));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    heard,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** PostgreSQL's messages (55.7): a length, preceded by a type byte in all but the first message. */
function messageReader(hear: (message: Heard) => void): (bytes: Buffer) => void {
  let unread = Buffer.alloc(0);
  let started = false;
  return (bytes) => {
    unread = Buffer.concat([unread, bytes]);
    for (;;) {
      const lengthAt = started ? 1 : 0;
      if (unread.length < lengthAt + 4) return;
      const end = lengthAt + unread.readUInt32BE(lengthAt);
      if (unread.length < end) return;
      if (!started && end === SSL_REQUEST_LENGTH) {
        unread = unread.subarray(end);
        continue;
      }
      const words = unread.subarray(lengthAt + 4, end).toString('latin1');
      if (!started) hear({ parameters: parseParameters(words.slice(4)) });
      else if (unread[0] === PARSE) hear({ statement: words.slice(0, words.indexOf('\0')) });
      started = true;
      unread = unread.subarray(end);
    }
  };
}

/** A request for TLS comes before the first message. Only its reply is a single byte. */
const SSL_REQUEST_LENGTH = 8;
const PARSE = 'P'.charCodeAt(0);

function parseParameters(text: string): Record<string, string> {
  const words = text.split('\0').filter(Boolean);
  return Object.fromEntries(words.flatMap((word, index) => (index % 2 ? [] : [[word, words[index + 1] ?? '']])));
}
