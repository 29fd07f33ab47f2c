import type { Db } from '../../infra/db/client.ts';
import { pickProfile } from '../accounts/profile.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type ExportedRow, listAccounts, listIdentities } from './export.repo.ts';
import type { ExternalIdentity } from './external-identity.ts';
import type { AccountField } from './rows.ts';

/** An account in the format that an import reads. */
export type ExportedAccount = Record<AccountField, string | boolean | string[] | null> & {
  identities: ExternalIdentity[];
};

export interface ExportRequest {
  /** Whether to include password hashes. */
  withHashes: boolean;
  /** For the audit event. */
  format: string;
  /** Writes a page of accounts. The next page is read afterwards. */
  write(accounts: ExportedAccount[]): Promise<void>;
}

/**
 * Exports all accounts, page by page, with an audit event. Returns how many. Not a snapshot: changes made meanwhile may be
 * missing.
 */
export type ExportAccounts = (request: ExportRequest) => Promise<number>;

/** Accounts. */
const PAGE_SIZE = 500;

export function createAccountExport({ db, audit }: { db: Db; audit: Audit }): ExportAccounts {
  async function withIdentities(rows: ExportedRow[], withHashes: boolean): Promise<ExportedAccount[]> {
    const ids = rows.map(({ user }) => user.id);
    const identities = await listIdentities(db, ids);
    return rows.map(({ user, hash }) => ({
      id: user.id,
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
      identities: identities
        .filter(({ userId }) => userId === user.id)
        .map(({ provider, issuer, subject, email }) => ({ provider, issuer, subject, email })),
    }));
  }

  return async ({ withHashes, format, write }) => {
    let accounts = 0;
    let outcome: 'completed' | 'failed' = 'failed';
    try {
      let last: string | undefined;
      do {
        const rows: ExportedRow[] = await listAccounts(db, last, PAGE_SIZE);
        last = rows.at(-1)?.user.id;
        if (rows.length > 0) await write(await withIdentities(rows, withHashes));
        accounts += rows.length;
      } while (last !== undefined);
      outcome = 'completed';
    } finally {
      const detail = { format, accounts, withHashes };
      await audit.record(db, { type: 'user-export', outcome, method: 'command-line', detail });
    }
    return accounts;
  };
}
