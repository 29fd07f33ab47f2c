import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type AccountDraft, draftAccount, type ImportRules, type Trouble } from './account-draft.ts';
import { type Batch, createBatchWriter, type Link } from './batch-writer.ts';
import { inBatches } from './batches.ts';
import { identityKey, resolveIdentity } from './external-identity.ts';
import { retryDuringOutage } from './outage-retry.ts';
import { createOwners, type Owners } from './owners.ts';
import { type PreScan, preScan } from './pre-scan.ts';
import type { AccountRow, Place, Row, RowSource } from './rows.ts';

export interface ImportCounts {
  /** Accounts in the file. */
  rows: number;
  created: number;
  /** Existing accounts, which were not changed. */
  present: number;
  refused: number;
  /** Created identities at providers. */
  identities: number;
  /** Invalid fields that were left out. */
  leftOut: number;
}

export type ImportStep = 'scanning' | 'importing' | 'linking';

export interface ImportRequest {
  source: RowSource;
  rules: ImportRules;
  /** Issuers of other providers, by name. */
  issuers: Readonly<Record<string, string>>;
  /** Reports what would happen, without writing anything. */
  dryRun: boolean;
  /** For the audit event. */
  format: string;
  /** Called for each rejected row and each field that was left out. */
  onTrouble(place: Place, trouble: Trouble, isRefused: boolean): void;
  /** Called with the account of each row. */
  onAccount?(place: Place, id: string): void;
  onProgress(step: ImportStep, counts: Readonly<ImportCounts>): void;
  /** Stops the import between two batches. */
  signal?: AbortSignal;
}

export type Imports = ReturnType<typeof createImports>;

/** Imports the accounts of a file. Can be repeated: existing accounts are not changed. */
export function createImports({ db, clock, audit }: { db: Db; clock: Clock; audit: Audit }) {
  const writer = createBatchWriter({ db, clock });

  async function run(request: ImportRequest, counts: ImportCounts): Promise<void> {
    const { source, rules, signal } = request;
    const scan = await preScan(source, rules, async () => {
      signal?.throwIfAborted();
      request.onProgress('scanning', counts);
      await new Promise(setImmediate);
    });
    const owners = createOwners();
    await importAccounts(request, counts, scan, owners);
    if (scan.hasIdentityRows) await importIdentities(request, counts, owners);
  }

  async function importAccounts(
    request: ImportRequest,
    counts: ImportCounts,
    scan: PreScan,
    owners: Owners,
  ): Promise<void> {
    const refuse = createRefuse(request, counts);
    const draftRow = createDraft(request, counts, scan, refuse);
    const leaveOut = createLeaveOut(request, counts);

    const write = async (batch: Batch) => {
      for (const { place, draft, outcome } of await retryDuringOutage(
        () => writer.write(batch, request.dryRun),
        request.signal,
      )) {
        if ('reason' in outcome) {
          refuse(place, outcome);
          continue;
        }
        counts[outcome.isNew ? 'created' : 'present'] += 1;
        counts.identities += outcome.identities;
        if (outcome.isNew && outcome.identities < draft.identities.length) leaveOut(place, IDENTITY_TAKEN);
        // In a dry run, the ids of new accounts are not final.
        if (!request.dryRun || !outcome.isNew) request.onAccount?.(place, outcome.id);
        if (place.key !== undefined && scan.hasIdentities(place.key))
          owners.set(place.key, outcome.id, outcome.isUntouched);
      }
      request.onProgress('importing', counts);
    };

    const select = (row: Row) => {
      if (row.kind === 'refused') {
        counts.rows += 1;
        refuse(row, { field: row.field, reason: row.reason });
      } else if (row.kind === 'account') {
        counts.rows += 1;
        return draftRow(row);
      }
      return undefined;
    };
    await inBatches(request.source.read(), select, write, request.signal);
  }

  async function importIdentities(request: ImportRequest, counts: ImportCounts, owners: Owners): Promise<void> {
    const refuse = createRefuse(request, counts);
    const leaveOut = createLeaveOut(request, counts);
    const select = (row: Row) => {
      if (row.kind !== 'identity') return undefined;
      const identity = resolveIdentity(row.provider, row.subject, request.issuers);
      const userId = owners.get(row.owner);
      if (userId && !('reason' in identity))
        return { place: row, userId, identity, mayCreate: owners.isUntouched(row.owner) };
      const reason = 'reason' in identity ? identity.reason : 'its user was not imported';
      return refuse(row, { field: 'identities', reason });
    };
    const write = async (batch: Link[]) => {
      for (const { place, outcome } of await retryDuringOutage(
        () => writer.link(batch, request.dryRun),
        request.signal,
      )) {
        if (outcome === 'created') counts.identities += 1;
        if (outcome === 'taken') refuse(place, IDENTITY_TAKEN);
        if (outcome === 'absent') leaveOut(place, ACCOUNT_IN_USE);
      }
      request.onProgress('linking', counts);
    };
    await inBatches(request.source.read(), select, write, request.signal);
  }

  return async (request: ImportRequest): Promise<ImportCounts> => {
    const counts: ImportCounts = { rows: 0, created: 0, present: 0, refused: 0, identities: 0, leftOut: 0 };
    let outcome: 'completed' | 'failed' = 'failed';
    try {
      await run(request, counts);
      outcome = 'completed';
    } finally {
      if (!request.dryRun) {
        const detail = { format: request.format, ...counts };
        const recorded = audit.record(db, { type: 'user-import', outcome, method: 'command-line', detail });
        // If the import failed, that error is reported and not this one.
        await recorded.catch((error) => (outcome === 'completed' ? Promise.reject(error) : undefined));
      }
    }
    return counts;
  };

  /** Returns a function that drafts a row: undefined if it was rejected. */
  function createDraft(request: ImportRequest, counts: ImportCounts, scan: PreScan, refuse: Refuse) {
    const now = clock.now();
    const leaveOut = createLeaveOut(request, counts);
    return (row: AccountRow): Batch[number] | undefined => {
      const drafted = draftAccount(row, request.rules, (email) => scan.isVerified(row.key, email), now);
      if ('troubles' in drafted) return refuse(row, ...drafted.troubles);
      const { draft } = drafted;
      const troubles = findDuplicates(draft, scan);
      if (troubles.length > 0) return refuse(row, ...troubles);
      for (const trouble of drafted.leftOut) leaveOut(row, trouble);
      return { place: { number: row.number, key: row.key }, draft };
    };
  }
}

const IDENTITY_TAKEN: Trouble = { field: 'identities', reason: 'another account has this identity' };
const ACCOUNT_IN_USE: Trouble = {
  field: 'identities',
  reason: 'the account existed already, or was used since: its owner can link it',
};

type Refuse = (place: Place, ...troubles: Trouble[]) => undefined;

function createRefuse(request: ImportRequest, counts: ImportCounts): Refuse {
  return (place, ...troubles) => {
    counts.refused += 1;
    for (const trouble of troubles) request.onTrouble(place, trouble, true);
    return undefined;
  };
}

function createLeaveOut(request: ImportRequest, counts: ImportCounts) {
  return (place: Place, trouble: Trouble): void => {
    counts.leftOut += 1;
    request.onTrouble(place, trouble, false);
  };
}

function findDuplicates({ id, email, phone, phoneVerified, identities }: AccountDraft, scan: PreScan): Trouble[] {
  const troubles: Trouble[] = [];
  if (email && scan.isDuplicate('email', email))
    troubles.push({ field: 'email', reason: 'another row of the file has the same address' });
  if (phone && phoneVerified && scan.isDuplicate('phone', phone))
    troubles.push({ field: 'phone', reason: 'another row of the file has the same number' });
  if (id && scan.isDuplicate('id', id))
    troubles.push({ field: 'id', reason: 'another row of the file has the same id' });
  if (identities.some((identity) => scan.isDuplicate('identity', identityKey(identity))))
    troubles.push({ field: 'identities', reason: 'another row of the file has the same identity' });
  return troubles;
}
