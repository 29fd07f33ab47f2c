import type { Db } from '../../infra/db/client.ts';
import { pickProfile } from '../accounts/profile.ts';
import { type ExportedRow, listIdentities } from './export.repo.ts';
import type { ExternalIdentity } from './external-identity.ts';
import type { AccountField } from './rows.ts';

/** An account in the format that an import reads. */
export type ExportedAccount = Record<AccountField, string | boolean | string[] | null> & {
  id: string;
  identities: ExternalIdentity[];
};

/** Adds the identities to rows of accounts. @param withHashes whether to include password hashes */
export async function toExported(db: Db, rows: ExportedRow[], withHashes: boolean): Promise<ExportedAccount[]> {
  const ids = rows.map(({ user }) => user.id);
  const identities = await listIdentities(db, ids);
  return rows.map(({ user, hash }) => ({
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
    phone: user.phone,
    phoneVerified: user.phoneVerifiedAt !== null,
    passwordHash: withHashes ? hash : null,
    ...pickProfile(user),
    roles: user.roles,
    isActive: user.isActive,
    createdAt: user.createdAt.toISOString(),
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    id: user.id,
    identities: identities
      .filter(({ userId }) => userId === user.id)
      .map(({ provider, issuer, subject, email }) => ({ provider, issuer, subject, email })),
  }));
}
