import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What the server does with the next message. A number is an SMTP reply, given at that point of the dialogue. */
export type SmtpReply =
  | 'accept'
  | { at: 'connect' | 'mail' | 'rcpt' | 'data'; code: number; text: string }
  /** Hangs up before the greeting. */
  | 'drop at connect'
  /** Takes the whole message, then hangs up without a word. */
  | 'drop after data'
  /** Takes the whole message and never answers. */
  | 'hang after data';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came over the wire. */
  raw: string;
}

export interface SmtpStandIn {
  url: string;
  /** Only what was answered with 250. */
  accepted: ReceivedMail[];
  /** How many whole messages arrived, whatever was answered. */
  arrived(): number;
  /** How many connections were made. */
  connections(): number;
  reply: SmtpReply;
  close(): Promise<void>;
}

/** An SMTP server on a free port of the loopback interface that says what the test tells it to. */
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
  server.on('error', () => {}); // Connections that the client broke off.
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    if (standIn.reply === 'drop at connect') socket.end();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');

  const standIn: SmtpStandIn = {
    url: urlOf(server.server.address()),
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

/** A server that takes connections and never says a word. */
export async function startSilentServer(): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: urlOf(server.address()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

// A server that listens on TCP has an AddressInfo.
const urlOf = (address: unknown): string => `smtp://127.0.0.1:${(address as AddressInfo).port}`;
