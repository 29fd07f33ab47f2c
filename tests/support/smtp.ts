import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What the server does with the next message. An object sets the reply at one point of the dialogue. */
export type SmtpReply =
  | 'accept'
  | { at: 'connect' | 'mail' | 'rcpt' | 'data'; code: number; text: string }
  /** Hangs up before the greeting. */
  | 'drop at connect'
  /** Takes the whole message and hangs up without a reply. */
  | 'drop after data'
  /** Takes the whole message and never replies. */
  | 'hang after data';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** The message as sent. */
  raw: string;
}

export interface SmtpStandIn {
  url: string;
  /** Messages accepted with 250. */
  accepted: ReceivedMail[];
  /** The number of complete messages, whatever the reply. */
  arrived(): number;
  /** The number of connections. */
  connections(): number;
  reply: SmtpReply;
  close(): Promise<void>;
}

/** An SMTP server on a free port of 127.0.0.1 that replies as the test says. */
export async function startSmtp(): Promise<SmtpStandIn> {
  const sockets = new Set<Socket>();
  let arrived = 0;
  let connections = 0;

  const refusal = (at: string) =>
    typeof standIn.reply === 'object' && standIn.reply.at === at
      ? Object.assign(new Error(standIn.reply.text), { responseCode: standIn.reply.code })
      : null;

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_session, done) => done(refusal('connect')),
    onMailFrom: (_address, _session, done) => done(refusal('mail')),
    onRcptTo: (_address, _session, done) => done(refusal('rcpt')),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        arrived += 1;
        if (standIn.reply === 'hang after data') return;
        if (standIn.reply === 'drop after data') {
          for (const socket of sockets) socket.destroy();
          return;
        }
        const refused = refusal('data');
        if (refused) return done(refused);
        standIn.accepted.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map((recipient) => recipient.address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  server.on('error', () => {}); // Connections closed by the client.
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    if (standIn.reply === 'drop at connect') socket.end();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');

  const standIn: SmtpStandIn = {
    url: smtpUrl(server.server.address()),
    accepted: [],
    arrived: () => arrived,
    connections: () => connections,
    reply: 'accept',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return standIn;
}

/** A server that accepts connections and never sends a byte. */
export async function startSilentServer(): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: smtpUrl(server.address()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

// Listens on TCP.
const smtpUrl = (address: unknown): string => `smtp://127.0.0.1:${(address as AddressInfo).port}`;
