import { findSigningKey, findSuccession, retiresAt, type SigningKey } from './keys.ts';

/** A key without its secret part. */
export interface KeyState extends Pick<SigningKey, 'generation' | 'kid' | 'alg' | 'signsFrom' | 'createdAt'> {
  state: 'next' | 'signing' | 'retiring' | 'retired';
  /** Undefined for the newest key. */
  signsUntil: Date | undefined;
  /** When all tokens that it signed have expired. Undefined for the newest key. */
  retiresAt: Date | undefined;
}

/** @param accessTtl milliseconds */
export function describeKeys(rows: readonly SigningKey[], now: Date, accessTtl: number): KeyState[] {
  const current = findSigningKey(rows, now)?.generation ?? 0;
  return rows.map((key) => {
    const { generation, kid, alg, signsFrom, createdAt } = key;
    const end = retiresAt(key, rows, accessTtl);
    const later = generation === current ? 'signing' : 'next';
    const earlier = end !== undefined && end <= now ? 'retired' : 'retiring';
    return {
      generation,
      kid,
      alg,
      state: generation < current ? earlier : later,
      createdAt,
      signsFrom,
      signsUntil: findSuccession(key, rows),
      retiresAt: end,
    };
  });
}
