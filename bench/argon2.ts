import { hash, verify } from '@node-rs/argon2';
import { ARGON2, PASSWORD } from './accounts.ts';
import type { Measured } from './load.ts';
import { repeat } from './repeat.ts';

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
  const checked = async () => {
    if (!(await once())) throw new Error('a hash does not verify');
  };
  return repeat({ work: checked, inFlight, duration });
}

process.on('message', (order: Order) => void measure(order).then((measured) => process.send?.(measured)));
process.on('disconnect', () => process.exit());
