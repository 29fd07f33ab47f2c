import type { Clock } from '../../core/clock.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { RecoveryCodes } from '../factors/recovery-code.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';
import { importAccountRows } from './account-rows.ts';
import { createAccountWriter } from './account-writer.ts';
import { reportUnusedAddresses } from './address-rows.ts';
import { createIdentityLinker } from './identity-linker.ts';
import { importIdentityRows } from './identity-rows.ts';
import type { ImportCounts, ImportRequest } from './import.ts';
import { createImportReport, type ImportReport } from './import-report.ts';
import { createOwners } from './owners.ts';
import { preScan } from './pre-scan.ts';
import { createFactorStore } from './second-factors/stored-factors.ts';

/** Imports the accounts of a file, with an audit event. Can be repeated: existing accounts are not changed. */
export type ImportAccounts = (request: ImportRequest) => Promise<ImportCounts>;

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  phones: PhoneReader;
  totp: Pick<TotpFactors, 'seal'>;
  recoveryCodes: Pick<RecoveryCodes, 'digest' | 'keyIds'>;
}

export function createAccountImport(dependencies: Dependencies): ImportAccounts {
  const { db, transact, clock, audit, phones, recoveryCodes } = dependencies;
  const hasKeys = (ids: readonly unknown[]) => ids.every((id) => recoveryCodes.keyIds.some((known) => known === id));
  const writeAccounts = createAccountWriter({ db, storeFactors: createFactorStore(dependencies) });
  const linkIdentities = createIdentityLinker({ db, transact, clock });

  async function run(request: ImportRequest, report: ImportReport): Promise<void> {
    const { signal } = request;
    const reading = { ...request, rules: { ...request.rules, phones } };
    const startedAt = clock.now();
    const scan = await preScan(reading, startedAt, async () => {
      signal?.throwIfAborted();
      report.showProgress('scanning');
      await new Promise(setImmediate);
    });
    const owners = createOwners();
    await importAccountRows(reading, { scan, owners, report, writeAccounts, now: startedAt, hasKeys });
    if (scan.hasUnusedAddresses()) await reportUnusedAddresses(request, { scan, report });
    if (scan.hasIdentityRows) await importIdentityRows(request, { owners, report, linkIdentities, startedAt });
  }

  return async (request) => {
    const report = createImportReport(request);
    let outcome: 'completed' | 'failed' = 'failed';
    try {
      await run(request, report);
      outcome = 'completed';
    } finally {
      if (!request.dryRun) {
        const detail = { format: request.format, ...report.counts };
        const recorded = audit.record(db, { type: 'user-import', outcome, method: 'command-line', detail });
        // If the import failed, that error is reported and not this one.
        await recorded.catch((error) => (outcome === 'completed' ? Promise.reject(error) : undefined));
      }
    }
    return report.counts;
  };
}
