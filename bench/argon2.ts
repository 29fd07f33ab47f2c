import { hash, verify } from '@node-rs/argon2';
import { ARGON2, PASSWORD } from './accounts.ts';
import type { Measured } from './load.ts';

// A process that takes orders. What `login` and `registerEmail` are measured against: the same hashes, nothing else.

export interface Order {
  work: 'verify' | 'hash';
  /** How many at once. */
  inFlight: number;
  /** Milliseconds. */
  duration: number;
}

async function measure({ work, inFlight, duration }: Order): Promise<Measured> {
  const stored = await hash(PASSWORD, ARGON2);
  const once = work === 'hash' ? () => hash(PASSWORD, ARGON2) : () => verify(stored, PASSWORD);
  const latencies: number[] = [];
  const began = performance.now();
  const worker = async () => {
    while (performance.now() < began + duration) {
      const started = performance.now();
      if (!(await once())) throw new Error('a hash does not verify');
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { rate: (latencies.length / (performance.now() - began)) * 1000, latencies };
}

process.on('message', (order: Order) => void measure(order).then((measured) => process.send?.(measured)));
process.on('disconnect', () => process.exit());
