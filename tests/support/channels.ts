import type { Channel } from '../../src/core/channel.ts';

/** Both ends of a channel inside this process. */
export function connectChannels(): readonly [Channel, Channel] {
  const create = () => new Map<string, (content: unknown) => void>();
  const [here, there] = [create(), create()];
  const end = (own: typeof here, other: typeof here): Channel => ({
    send(topic, content) {
      const sent = JSON.stringify(content);
      queueMicrotask(() => other.get(topic)?.(JSON.parse(sent)));
    },
    listen: (topic, onMessage) => void own.set(topic, onMessage as (content: unknown) => void), // The other end sends it.
  });
  return [end(here, there), end(there, here)];
}
