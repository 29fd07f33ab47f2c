import type { identities } from '../../infra/db/tables.ts';

export type Identity = typeof identities.$inferSelect;

/** Who somebody is at another site. An address is no part of it: addresses change hands. */
export type IdentityKey = Pick<Identity, 'issuer' | 'subject'>;
