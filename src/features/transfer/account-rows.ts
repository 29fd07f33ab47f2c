import { isId } from '../../core/ids.ts';
import { isProblem } from '../../core/problems.ts';
import { type AccountDraft, draftAccount } from './account-draft.ts';
import { readEmail, readId } from './account-fields.ts';
import type { AccountEntry, WriteAccounts } from './account-writer.ts';
import { inBatches } from './batches.ts';
import { identityKey } from './external-identity.ts';
import type { ReadingRequest } from './import.ts';
import type { ImportReport } from './import-report.ts';
import { retryDuringOutage } from './outage-retry.ts';
import type { Owners } from './owners.ts';
import type { PreScan } from './pre-scan.ts';
import { RowProblem } from './row-problem.ts';
import type { AccountRow, Row } from './rows.ts';
import { hasFactors, readSecondFactors } from './second-factors/second-factors.ts';

export const IDENTITY_TAKEN = new RowProblem('identities', 'another account has this identity');

const FACTORS_NOT_ADDED = new RowProblem('secondFactors', 'the account existed already: its owner can set them up');
const NO_ACCOUNT = new RowProblem('secondFactors', 'its user is not in the file');

interface Dependencies {
  scan: PreScan;
  /** Filled with the accounts whose identities are in separate rows. */
  owners: Owners;
  report: ImportReport;
  writeAccounts: WriteAccounts;
  now: Date;
  /** Whether this server has all keys of digests of recovery codes. */
  hasKeys(ids: readonly unknown[]): boolean;
}

/** Imports the account rows of the file. */
export async function importAccountRows(
  { source, rules, issuers, dryRun, onAccount, signal }: ReadingRequest,
  { scan, owners, report, writeAccounts, now, hasKeys }: Dependencies,
): Promise<void> {
  /** Undefined if the row is rejected. */
  function draftRow(row: AccountRow): AccountEntry | undefined {
    const email = readEmail(row);
    if (email) scan.noteAddress(row, email);
    const parts = [{ position: row, value: row.secondFactors }, ...scan.factorsOf(row)];
    const id = readId(row);
    const keepsId = id !== undefined && isId(id);
    const { factors, leftOut } = readSecondFactors(parts, { now, keepsId, hasKeys });
    const drafted = draftAccount(row, factors, { rules, issuers }, (email) => scan.isVerified(row, email), now);
    const problems = isProblem(drafted) ? drafted.problems : findDuplicates(readId(row), drafted.draft, scan);
    if (isProblem(drafted) || problems.length > 0) {
      report.reject(row, problems);
      return undefined;
    }
    for (const problem of drafted.leftOut) report.leaveOut(row, problem);
    for (const { position, problem } of leftOut) report.leaveOut(position, problem);
    const owned = scan.hasIdentities(row) ? scan.listKeys(row) : [];
    return { position: { number: row.number, key: row.key }, draft: drafted.draft, owned };
  }

  function select(row: Row): AccountEntry | undefined {
    if (row.kind === 'note') report.note(row);
    if (row.kind !== 'account' && row.kind !== 'refused') return undefined;
    report.add('rows');
    if (row.kind === 'account') return draftRow(row);
    report.reject(row, [new RowProblem(row.field, row.reason)]);
    return undefined;
  }

  async function write(batch: AccountEntry[]): Promise<void> {
    for (const { position, draft, owned, outcome } of await retryDuringOutage(
      () => writeAccounts(batch, now, dryRun),
      signal,
    )) {
      if (isProblem(outcome)) {
        report.reject(position, [outcome]);
        continue;
      }
      report.add(outcome.isNew ? 'created' : 'present');
      report.add('identities', outcome.identities);
      if (outcome.isNew && outcome.identities < draft.identities.length) report.leaveOut(position, IDENTITY_TAKEN);
      // In a dry run, the ids of new accounts are not final.
      if (!dryRun || !outcome.isNew) onAccount?.(position, outcome.id);
      if (outcome.isNew && hasFactors(draft.factors)) report.add('secondFactors');
      if (outcome.lacksFactors) report.leaveOut(position, FACTORS_NOT_ADDED);
      for (const key of owned) owners.set(key, outcome.id, outcome.isUntouched);
    }
    report.showProgress('importing');
  }

  await inBatches(source.read(), select, write, signal);
  for (const position of scan.unusedFactors()) report.leaveOut(position, NO_ACCOUNT);
}

function findDuplicates(
  id: string | undefined,
  { email, phone, phoneVerified, identities }: AccountDraft,
  scan: PreScan,
): RowProblem[] {
  const isTwice = {
    email: email !== null && scan.isDuplicate('email', email),
    phone: phone !== null && phoneVerified && scan.isDuplicate('phone', phone),
    id: id !== undefined && scan.isDuplicate('id', id),
    identities: identities.some((identity) => scan.isDuplicate('identity', identityKey(identity))),
  };
  const problems = [
    isTwice.email && new RowProblem('email', 'another row of the file has the same address'),
    isTwice.phone && new RowProblem('phone', 'another row of the file has the same number'),
    isTwice.id && new RowProblem('id', 'another row of the file has the same id'),
    isTwice.identities && new RowProblem('identities', 'another row of the file has the same identity'),
  ];
  return problems.filter((problem) => problem !== false);
}
