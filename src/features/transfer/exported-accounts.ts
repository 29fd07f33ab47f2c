import type { JsonObject } from '../../core/json.ts';
import type { Db } from '../../infra/db/client.ts';
import { pickProfile } from '../accounts/profile.ts';
import type { RecoveryCodes } from '../factors/recovery-code.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';
import { type ExportedRow, listIdentities } from './export.repo.ts';
import type { ExternalIdentity } from './external-identity.ts';
import type { AccountField } from './rows.ts';
import { type ExportedFactors, exportFactors } from './second-factors/exported-factors.ts';

/** An account in the format that an import reads. */
export type ExportedAccount = Record<AccountField, string | boolean | string[] | JsonObject | null> & {
  id: string;
  identities: ExternalIdentity[];
  /** Undefined without any. Without hashes, only whether there are some. */
  secondFactors: ExportedFactors | 'not exported' | undefined;
};

interface Dependencies {
  db: Db;
  totp: Pick<TotpFactors, 'unseal'>;
  recoveryCodes: Pick<RecoveryCodes, 'keyIds'>;
}

/**
 * Adds the identities and second factors to rows of accounts.
 * @param withHashes whether to include password hashes and second factors
 */
export async function toExported(
  { db, totp, recoveryCodes }: Dependencies,
  rows: ExportedRow[],
  withHashes: boolean,
): Promise<ExportedAccount[]> {
  const ids = rows.map(({ user }) => user.id);
  const identities = await listIdentities(db, ids);
  const factors = await exportFactors(
    { db, totp, recoveryCodes },
    rows.map(({ user }) => user),
  );
  return rows.map(({ user, hash, metadata }) => ({
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
    phone: user.phone,
    phoneVerified: user.phoneVerifiedAt !== null,
    passwordHash: withHashes ? hash : null,
    ...pickProfile(user),
    roles: user.roles,
    permissions: user.permissions.length > 0 ? user.permissions : null,
    publicMetadata: unlessEmpty(metadata?.publicMetadata),
    privateMetadata: unlessEmpty(metadata?.privateMetadata),
    isActive: user.isActive,
    createdAt: user.createdAt.toISOString(),
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    id: user.id,
    identities: identities
      .filter(({ userId }) => userId === user.id)
      .map(({ provider, issuer, subject, email }) => ({ provider, issuer, subject, email })),
    secondFactors: factors.has(user.id) && !withHashes ? 'not exported' : factors.get(user.id),
  }));
}

const unlessEmpty = (data: JsonObject | undefined): JsonObject | null =>
  data && Object.keys(data).length > 0 ? data : null;
