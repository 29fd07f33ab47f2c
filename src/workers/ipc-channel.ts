import type { ChildProcess } from 'node:child_process';
import type { Channel } from '../core/channel.ts';

type Message = [topic: string, content: unknown];

/** A channel over the IPC of Node.js. What is sent in one turn of the event loop is one message of it. */
export function openIpcChannel(peer: ChildProcess | NodeJS.Process): Channel {
  const listeners = new Map<string, (content: never) => void>();
  let outgoing: Message[] = [];

  function flush(): void {
    const messages = outgoing;
    outgoing = [];
    // Without a callback, a peer that has just ended would cause an error event.
    if (peer.connected) peer.send?.(messages, undefined, {}, () => {});
  }

  peer.on('message', (messages: Message[]) => {
    for (const [topic, content] of messages) listeners.get(topic)?.(content as never); // What its listener declares.
  });

  return {
    send(topic, content) {
      if (outgoing.push([topic, content]) === 1) queueMicrotask(flush);
    },
    listen: (topic, onMessage) => void listeners.set(topic, onMessage),
  };
}
