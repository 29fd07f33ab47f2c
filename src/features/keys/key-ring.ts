import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import { type Keyring, unseal } from '../../core/secrets.ts';
import { createSigner, findSigningKey, retiresAt, type Signer, type SigningKey, toPublicKey } from './keys.ts';

/** The signing keys as last read from the database, each imported once. */
export interface KeyRing {
  /** In order of generation. */
  keys: readonly SigningKey[];
  /** Older keys, not in `keys`: every token that they signed has expired. */
  retired: readonly SigningKey[];
  /** By kid. */
  verifiers: ReadonlyMap<string, { alg: string; key: KeyObject }>;
  /** By kid: the current key and later ones. Keys that cannot be decrypted are missing. */
  signers: ReadonlyMap<string, Signer>;
}

export const EMPTY_RING: KeyRing = { keys: [], retired: [], verifiers: new Map(), signers: new Map() };

export class UnreadableKey extends Error {
  override readonly name = 'UnreadableKey';
  constructor(generation: number, options?: ErrorOptions) {
    super(
      `signing key ${generation} was encrypted with another SECRET_KEY: add that one to SECRET_KEY_PREVIOUS, ` +
        'or, if it is lost, run: latchkey keys rotate --now',
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

/** @param previous the ring to reuse imported keys from */
export async function buildRing(rows: readonly SigningKey[], previous: KeyRing, options: Options): Promise<KeyRing> {
  const { keyring, accessTtl, now, onUnreadable } = options;
  const retired = rows.filter((key) => {
    const end = retiresAt(key, rows, accessTtl);
    return end !== undefined && end <= now;
  });
  const keys = rows.slice(retired.length);
  const current = findSigningKey(keys, now)?.generation ?? 0;
  const signing = await Promise.all(
    keys
      .filter(({ generation }) => generation >= current)
      .map(async (key) => {
        const imported = previous.signers.get(key.kid);
        if (imported) return [[key.kid, imported] as const];
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
      keys.map((key) => [key.kid, previous.verifiers.get(key.kid) ?? { alg: key.alg, key: toPublicKey(key) }]),
    ),
    signers: new Map(signing.flat()),
  };
}

/** Throws if neither the current secret nor an earlier one decrypts it. */
export async function openPrivateKey(keyring: Keyring, key: SigningKey): Promise<JWK> {
  return JSON.parse(await unseal(keyring, key.sealedPrivateJwk)) as JWK; // Only this service seals keys.
}
