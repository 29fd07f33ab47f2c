import type { ImportRequest } from './import.ts';
import type { ImportReport } from './import-report.ts';
import type { PreScan } from './pre-scan.ts';
import { RowProblem } from './row-problem.ts';

const OTHER_ADDRESS = new RowProblem(
  'email',
  'not the address of an imported account: other addresses are not imported',
);

/** Names the addresses in separate rows that no account has. */
export async function reportUnusedAddresses(
  { source, signal }: Pick<ImportRequest, 'source' | 'signal'>,
  { scan, report }: { scan: PreScan; report: ImportReport },
): Promise<void> {
  for await (const rows of source.read()) {
    for (const row of rows) if (row.kind === 'address' && scan.isUnused(row)) report.leaveOut(row, OTHER_ADDRESS);
    signal?.throwIfAborted();
    await new Promise(setImmediate);
  }
}
