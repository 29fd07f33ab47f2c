import { isProblem } from '../../core/problems.ts';
import { IDENTITY_TAKEN } from './account-rows.ts';
import { inBatches } from './batches.ts';
import { resolveIdentity } from './external-identity.ts';
import type { IdentityLink, LinkIdentities } from './identity-linker.ts';
import type { ImportRequest } from './import.ts';
import type { ImportReport } from './import-report.ts';
import { retryDuringOutage } from './outage-retry.ts';
import type { Owners } from './owners.ts';
import { RowProblem } from './row-problem.ts';
import type { IdentityRow, Row } from './rows.ts';

const ACCOUNT_IN_USE = new RowProblem(
  'identities',
  'the account existed already, or was used since: its owner can link it',
);

interface Dependencies {
  /** The accounts that the rows refer to. */
  owners: Owners;
  report: ImportReport;
  linkIdentities: LinkIdentities;
  startedAt: Date;
}

/** Links the identity rows of the file to imported accounts. */
export async function importIdentityRows(
  { source, issuers, dryRun, signal }: ImportRequest,
  { owners, report, linkIdentities, startedAt }: Dependencies,
): Promise<void> {
  function draftLink(row: IdentityRow): IdentityLink | RowProblem {
    const identity = resolveIdentity(row.provider, row.subject, issuers);
    if (isProblem(identity)) return identity;
    const userId = owners.get(row.owner);
    if (!userId) return new RowProblem('identities', 'its user was not imported');
    return { position: row, userId, identity, mayCreate: owners.isUntouched(row.owner) };
  }

  function select(row: Row): IdentityLink | undefined {
    if (row.kind !== 'identity') return undefined;
    const link = draftLink(row);
    if (!isProblem(link)) return link;
    report.reject(row, [link]);
    return undefined;
  }

  async function write(batch: IdentityLink[]): Promise<void> {
    for (const { position, outcome } of await retryDuringOutage(
      () => linkIdentities(batch, startedAt, dryRun),
      signal,
    )) {
      if (outcome === 'created') report.add('identities');
      if (outcome === 'taken') report.reject(position, [IDENTITY_TAKEN]);
      if (outcome === 'absent') report.leaveOut(position, ACCOUNT_IN_USE);
    }
    report.showProgress('linking');
  }

  await inBatches(source.read(), select, write, signal);
}
