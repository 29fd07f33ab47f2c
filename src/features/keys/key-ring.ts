import type { KeyObject } from 'node:crypto';
import type { JWK, JWTPayload } from 'jose';
import { type Keyring, unseal } from '../../core/secrets.ts';
import { createSigner, retiresAt, type SigningKey, signerOf, verifierOf } from './keys.ts';

/** What is good at the moment it was read: keys in the order of their generations, imported once. */
export interface KeyRing {
  keys: readonly SigningKey[];
  /** Those that every token has outlived; the oldest, and no longer in `keys`. */
  retired: readonly SigningKey[];
  /** By kid. */
  verifiers: ReadonlyMap<string, { alg: string; key: KeyObject }>;
  /** By kid: the key that signs and those that will. One that cannot be opened is missing. */
  signers: ReadonlyMap<string, (claims: JWTPayload) => Promise<string>>;
}

export const EMPTY_RING: KeyRing = { keys: [], retired: [], verifiers: new Map(), signers: new Map() };

export class UnreadableKey extends Error {
  override readonly name = 'UnreadableKey';
  constructor(generation: number, options?: ErrorOptions) {
    super(
      `signing key ${generation} was sealed under another SECRET_KEY: put that one into SECRET_KEY_PREVIOUS, ` +
        'or, when it is lost, run: latchkey keys rotate --now',
      options,
    );
  }
}

interface Options {
  keyring: Keyring;
  /** Milliseconds. */
  accessTtl: number;
  now: Date;
  onUnreadable(error: UnreadableKey): void;
}

/** @param previous what was imported before is not imported again */
export async function buildRing(rows: readonly SigningKey[], previous: KeyRing, options: Options): Promise<KeyRing> {
  const { keyring, accessTtl, now, onUnreadable } = options;
  const retired = rows.filter((key) => {
    const end = retiresAt(key, rows, accessTtl);
    return end !== undefined && end <= now;
  });
  const keys = rows.slice(retired.length);
  const present = signerOf(keys, now)?.generation ?? 0;
  const signing = await Promise.all(
    keys
      .filter(({ generation }) => generation >= present)
      .map(async (key) => {
        const known = previous.signers.get(key.kid);
        if (known) return [[key.kid, known] as const];
        try {
          return [[key.kid, createSigner(key.kid, key.alg, await openPrivateKey(keyring, key))] as const];
        } catch (error) {
          onUnreadable(new UnreadableKey(key.generation, { cause: error }));
          return [];
        }
      }),
  );
  return {
    keys,
    retired,
    verifiers: new Map(
      keys.map((key) => [key.kid, previous.verifiers.get(key.kid) ?? { alg: key.alg, key: verifierOf(key) }]),
    ),
    signers: new Map(signing.flat()),
  };
}

/** Throws when neither the present secret nor an earlier one opens it. */
export async function openPrivateKey(keyring: Keyring, key: SigningKey): Promise<JWK> {
  return JSON.parse(await unseal(keyring, key.sealedPrivateJwk)) as JWK; // Sealed by nobody but us.
}
