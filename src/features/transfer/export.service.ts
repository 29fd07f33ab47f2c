import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { RecoveryCodes } from '../factors/recovery-code.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';
import { type ExportedRow, listAccounts } from './export.repo.ts';
import { type ExportedAccount, toExported } from './exported-accounts.ts';

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

interface Dependencies {
  db: Db;
  audit: Audit;
  totp: Pick<TotpFactors, 'unseal'>;
  recoveryCodes: Pick<RecoveryCodes, 'keyIds'>;
}

export function createAccountExport({ db, audit, totp, recoveryCodes }: Dependencies): ExportAccounts {
  return async ({ withHashes, format, write }) => {
    let accounts = 0;
    let outcome: 'completed' | 'failed' = 'failed';
    try {
      let last: string | undefined;
      do {
        const rows: ExportedRow[] = await listAccounts(db, last, PAGE_SIZE);
        last = rows.at(-1)?.user.id;
        if (rows.length > 0) await write(await toExported({ db, totp, recoveryCodes }, rows, withHashes));
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
