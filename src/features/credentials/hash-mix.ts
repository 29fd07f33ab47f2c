import { createHmac } from 'node:crypto';
import { type Clock, MINUTE } from '../../core/clock.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { hashKinds } from './password.repo.ts';

/** The stored hashes of one scheme with the same parameters: verifying any of them takes the same time. */
export interface HashKind {
  /** Scheme and parameters. */
  kind: string;
  /** One of the hashes. */
  example: string;
  /** How many there are, in proportion to the other kinds. */
  weight: number;
}

/**
 * A stored hash that is verified for an identifier without an account, so that the response time does not reveal that
 * there is none. Kinds are drawn in the proportions in which they are stored, because imported hashes take other times
 * than our own. The same identifier always gets the same kind: a second request must not be able to tell the difference.
 * Undefined if no hash is stored.
 */
export type DrawDecoy = (subject: string) => Promise<string | undefined>;

/** Milliseconds: how soon the proportions follow an import. */
const FRESH_FOR = MINUTE;

interface Dependencies {
  db: Db;
  clock: Clock;
  keyring: Keyring;
}

export function createHashMix({ db, clock, keyring }: Dependencies): DrawDecoy {
  const [key] = keyring.derive('decoy-hash');
  let kinds: readonly HashKind[] | undefined;
  let freshUntil = 0;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      kinds = await hashKinds(db);
      freshUntil = clock.now().getTime() + FRESH_FOR;
    } finally {
      reading = undefined;
    }
  }

  return async (subject) => {
    if (clock.now().getTime() >= freshUntil) reading ??= read();
    // Later reads run in the background: waiting would show in the response time. If one fails, the next draw repeats it.
    if (kinds) reading?.catch(() => undefined);
    else await reading;
    return drawKind(kinds ?? [], subject, key)?.example;
  };
}

/**
 * Draws a kind by weighted rendezvous hashing: each kind gets a pseudo-random score, and the highest wins. If the
 * proportions change, only the identifiers that the change moves get another kind.
 */
export function drawKind(kinds: readonly HashKind[], subject: string, key: Buffer): HashKind | undefined {
  const score = ({ kind, weight }: HashKind) => {
    const uniform = createHmac('sha256', key).update(`${kind}\0${subject}`).digest().readUIntBE(0, 6) + 0.5;
    return -weight / Math.log(uniform / 2 ** 48);
  };
  let best: { kind: HashKind; score: number } | undefined;
  for (const kind of kinds) {
    const next = { kind, score: score(kind) };
    if (!best || next.score > best.score) best = next;
  }
  return best?.kind;
}
