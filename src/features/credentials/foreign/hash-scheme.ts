/** A hash that another system made: what it takes to try a password on it. */
export interface ForeignHash {
  scheme: string;
  /** Bytes of a password that it looks at; undefined: all. */
  reads?: number;
  /** Whether the password is the one. Takes what the hash says; run it in the hash queue. */
  verify(password: string): Promise<boolean>;
}

/** Why a hash is not taken. 'too-costly': trying one password would take too long, or too much memory. */
export type HashRefusal = 'unknown-scheme' | 'malformed' | 'too-costly';

/** Undefined: of another scheme. */
export type ReadScheme = (text: string) => ForeignHash | HashRefusal | undefined;
