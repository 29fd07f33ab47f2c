import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type AccountDraft, draftAccount, type ReadingRules, type Trouble } from './account-draft.ts';
import { type Batch, createBatchWriter, type Link } from './batch-writer.ts';
import { inBatches } from './batches.ts';
import { identityAt, keyOf } from './external-identity.ts';
import { retryDuringOutage } from './outage-retry.ts';
import { createOwners, type Owners } from './owners.ts';
import { type PreScan, preScan } from './pre-scan.ts';
import type { AccountRow, Place, Row, RowSource } from './rows.ts';

export interface ImportCounts {
  /** Accounts in the file. */
  rows: number;
  created: number;
  /** There already, and left as they were. */
  present: number;
  refused: number;
  /** At other providers, created. */
  identities: number;
  /** Fields that an account came without. */
  leftOut: number;
}

export type ImportStep = 'looking through' | 'importing' | 'linking';

export interface ImportOrder {
  source: RowSource;
  rules: ReadingRules;
  /** Issuers of providers that we do not know by ourselves, by the provider's name. */
  issuers: Readonly<Record<string, string>>;
  /** Says what would happen, and writes nothing. */
  dryRun: boolean;
  /** For the record. */
  format: string;
  /** Hears of every row that was refused, and of every field that was left out. */
  onTrouble(place: Place, trouble: Trouble, isRefused: boolean): void;
  /** Hears which account a row has become. */
  onAccount?(place: Place, id: string): void;
  onProgress(step: ImportStep, counts: Readonly<ImportCounts>): void;
  /** To stop between two batches. */
  signal?: AbortSignal;
}

export type Imports = ReturnType<typeof createImports>;

/** Brings the accounts of a file in. Run again, it goes on where it was: what is there stays as it is. */
export function createImports({ db, clock, audit }: { db: Db; clock: Clock; audit: Audit }) {
  const writer = createBatchWriter({ db, clock });

  async function run(order: ImportOrder, counts: ImportCounts): Promise<void> {
    const { source, rules, signal } = order;
    const found = await preScan(source, rules, async () => {
      signal?.throwIfAborted();
      order.onProgress('looking through', counts);
      await new Promise(setImmediate);
    });
    const owners = createOwners();
    await takeAccounts(order, counts, found, owners);
    if (found.identitiesExpected) await takeIdentities(order, counts, owners);
  }

  async function takeAccounts(order: ImportOrder, counts: ImportCounts, found: PreScan, owners: Owners): Promise<void> {
    const refuse = refusing(order, counts);
    const judge = judging(order, counts, found, refuse);
    const leaveOut = leavingOut(order, counts);

    const write = async (batch: Batch) => {
      for (const { place, draft, outcome } of await retryDuringOutage(
        () => writer.write(batch, order.dryRun),
        order.signal,
      )) {
        if ('reason' in outcome) {
          refuse(place, outcome);
          continue;
        }
        counts[outcome.isNew ? 'created' : 'present'] += 1;
        counts.identities += outcome.identities;
        if (outcome.isNew && outcome.identities < draft.identities.length) leaveOut(place, IDENTITY_TAKEN);
        // An id that a rehearsal makes up is nobody's.
        if (!order.dryRun || !outcome.isNew) order.onAccount?.(place, outcome.id);
        if (place.key !== undefined && found.hasIdentities(place.key))
          owners.set(place.key, outcome.id, outcome.isUntouched);
      }
      order.onProgress('importing', counts);
    };

    const take = (row: Row) => {
      if (row.kind === 'refused') {
        counts.rows += 1;
        refuse(row, { field: row.field, reason: row.reason });
      } else if (row.kind === 'account') {
        counts.rows += 1;
        return judge(row);
      }
      return undefined;
    };
    await inBatches(order.source.read(), take, write, order.signal);
  }

  async function takeIdentities(order: ImportOrder, counts: ImportCounts, owners: Owners): Promise<void> {
    const refuse = refusing(order, counts);
    const leaveOut = leavingOut(order, counts);
    const take = (row: Row) => {
      if (row.kind !== 'identity') return undefined;
      const identity = identityAt(row.provider, row.subject, order.issuers);
      const userId = owners.get(row.owner);
      if (userId && !('reason' in identity))
        return { place: row, userId, identity, isWanted: owners.isUntouched(row.owner) };
      const reason = 'reason' in identity ? identity.reason : 'its user was not imported';
      return refuse(row, { field: 'identities', reason });
    };
    const write = async (batch: Link[]) => {
      for (const { place, outcome } of await retryDuringOutage(() => writer.link(batch, order.dryRun), order.signal)) {
        if (outcome === 'created') counts.identities += 1;
        if (outcome === 'taken') refuse(place, IDENTITY_TAKEN);
        if (outcome === 'absent') leaveOut(place, NOT_OURS_TO_LINK);
      }
      order.onProgress('linking', counts);
    };
    await inBatches(order.source.read(), take, write, order.signal);
  }

  return async (order: ImportOrder): Promise<ImportCounts> => {
    const counts: ImportCounts = { rows: 0, created: 0, present: 0, refused: 0, identities: 0, leftOut: 0 };
    let outcome: 'completed' | 'failed' = 'failed';
    try {
      await run(order, counts);
      outcome = 'completed';
    } finally {
      if (!order.dryRun) {
        const detail = { format: order.format, ...counts };
        const recorded = audit.record(db, { type: 'user-import', outcome, method: 'command-line', detail });
        // When the database is away, that is what the operator hears of.
        await recorded.catch((error) => (outcome === 'completed' ? Promise.reject(error) : undefined));
      }
    }
    return counts;
  };

  /** The draft of a row, or undefined when it was refused. */
  function judging(order: ImportOrder, counts: ImportCounts, found: PreScan, refuse: Refuse) {
    const now = clock.now();
    const leaveOut = leavingOut(order, counts);
    return (row: AccountRow): Batch[number] | undefined => {
      const judged = draftAccount(row, order.rules, (email) => found.isVerified(row.key, email), now);
      if ('troubles' in judged) return refuse(row, ...judged.troubles);
      const { draft } = judged;
      const troubles = doubles(draft, found);
      if (troubles.length > 0) return refuse(row, ...troubles);
      for (const trouble of judged.leftOut) leaveOut(row, trouble);
      return { place: { number: row.number, key: row.key }, draft };
    };
  }
}

const IDENTITY_TAKEN: Trouble = { field: 'identities', reason: 'another account has this identity' };
const NOT_OURS_TO_LINK: Trouble = {
  field: 'identities',
  reason: 'the account was here already, or was used since: its owner links it',
};

type Refuse = (place: Place, ...troubles: Trouble[]) => undefined;

function refusing(order: ImportOrder, counts: ImportCounts): Refuse {
  return (place, ...troubles) => {
    counts.refused += 1;
    for (const trouble of troubles) order.onTrouble(place, trouble, true);
    return undefined;
  };
}

function leavingOut(order: ImportOrder, counts: ImportCounts) {
  return (place: Place, trouble: Trouble): void => {
    counts.leftOut += 1;
    order.onTrouble(place, trouble, false);
  };
}

function doubles({ id, email, phone, phoneVerified, identities }: AccountDraft, found: PreScan): Trouble[] {
  const troubles: Trouble[] = [];
  if (email && found.isTwice('email', email))
    troubles.push({ field: 'email', reason: 'another row of the file has the same address' });
  if (phone && phoneVerified && found.isTwice('phone', phone))
    troubles.push({ field: 'phone', reason: 'another row of the file has the same number' });
  if (id && found.isTwice('id', id)) troubles.push({ field: 'id', reason: 'another row of the file has the same id' });
  if (identities.some((identity) => found.isTwice('identity', keyOf(identity))))
    troubles.push({ field: 'identities', reason: 'another row of the file has the same identity' });
  return troubles;
}
