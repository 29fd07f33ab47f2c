import { Refusal } from '../../../core/refusal.ts';

/** A password hash of another system. */
export interface ForeignHash {
  scheme: string;
  /** How many bytes of a password count; undefined: all. */
  reads?: number;
  /** Whether the password is correct. The hash determines how long this takes: run it in the hash queue. */
  verify(password: string): Promise<boolean>;
}

/** Why a hash is not accepted. `too-costly`: verifying one password would take too long, or too much memory. */
export class HashRefusal extends Refusal {
  /** @param kind the name of the kind, if it is known but not supported */
  constructor(
    readonly reason: 'unknown-scheme' | 'malformed' | 'too-costly',
    readonly kind?: string,
  ) {
    super();
  }
}

/** Undefined if the hash has another scheme. */
export type ReadScheme = (text: string) => ForeignHash | HashRefusal | undefined;
