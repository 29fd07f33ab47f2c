import { Refusal } from '../../../core/refusal.ts';

/** A hash that another system made. */
export interface ForeignHash {
  scheme: string;
  /** Bytes of a password that it looks at; undefined: all. */
  reads?: number;
  /** Whether the password is right. The hash decides how long this takes: run it in the hash queue. */
  verify(password: string): Promise<boolean>;
}

/** Why a hash is not accepted. `too-costly`: verifying one password would take too long, or too much memory. */
export class HashRefusal extends Refusal {
  constructor(readonly reason: 'unknown-scheme' | 'malformed' | 'too-costly') {
    super();
  }
}

/** Undefined: the hash is of another scheme. */
export type ReadScheme = (text: string) => ForeignHash | HashRefusal | undefined;
