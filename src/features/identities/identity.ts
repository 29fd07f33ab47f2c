import type { identities } from '../../infra/db/tables.ts';

/** Identities of one user. */
export const MAX_IDENTITIES = 50;

export type Identity = typeof identities.$inferSelect;

/** Identifies a user at a provider. The address is not part of it, because addresses change hands. */
export type IdentityKey = Pick<Identity, 'issuer' | 'subject'>;
