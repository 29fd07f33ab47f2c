import { hash, verify } from '@node-rs/argon2';
import { ARGON2, PASSWORD } from './accounts.ts';
import type { Measured } from './load.ts';
import { repeat } from './repeat.ts';

// The baseline for `login` and `registerEmail`: a process that computes the same hashes and nothing else.

export interface HashJob {
  work: 'verify' | 'hash';
  /** Concurrent hashes. */
  inFlight: number;
  /** Milliseconds. */
  duration: number;
}

async function measure({ work, inFlight, duration }: HashJob): Promise<Measured> {
  const stored = await hash(PASSWORD, ARGON2);
  const once = work === 'hash' ? () => hash(PASSWORD, ARGON2) : () => verify(stored, PASSWORD);
  const checked = async () => {
    if (!(await once())) throw new Error('a hash does not verify');
  };
  return repeat({ work: checked, inFlight, duration });
}

process.on('message', (job: HashJob) => void measure(job).then((measured) => process.send?.(measured)));
process.on('disconnect', () => process.exit());
