import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { MigrationBlocked, MigrationFailed } from './failures.ts';
import { inSchema, type Migration } from './files.ts';
import { buildIndex, dropIndex } from './indexes.ts';
import { forgetSteps, isRecorded, recordMigration, recordStep } from './ledger.ts';
import { findHolder, lockStatements, untilUnlocked } from './locks.ts';
import { planMigration, type Step, type StepOf } from './plan.ts';
import { runBatch } from './run-batch.ts';
import { inTransaction, waitForOtherSteps } from './session.ts';

export interface Run {
  /** One session, for statements that no transaction may contain. */
  db: Db;
  schema: string;
  /** Milliseconds to try to get a lock. */
  wait: number;
  signal: AbortSignal;
  /** The session that keeps other processes from migrating. */
  guard: number;
  /** Tells the operator what happens. */
  report(line: string): void;
}

/** Applies a migration while the service writes. It can be repeated after a failure or a crash. */
export async function runMigration(run: Run, migration: Migration): Promise<void> {
  for (const step of planMigration(migration).steps) {
    run.signal.throwIfAborted();
    if (await isRecorded(run.db, run.schema, migration, step.name)) continue;
    const title = `${migration.name}: ${step.name}`;
    run.report(title);
    const titled = { ...run, report: (line: string) => run.report(`${title} ${line}`) };
    await runStep(titled, migration, step).catch((error: unknown) => {
      if (error instanceof MigrationBlocked) throw new MigrationBlocked(`${title} ${error.message}`);
      throw new MigrationFailed(title, { cause: error });
    });
  }
  await inTransaction(run.db, { schema: run.schema }, async (tx) => {
    await waitForOtherSteps(tx);
    if (await isRecorded(tx, run.schema, migration)) return;
    await recordMigration(tx, run.schema, migration);
    await forgetSteps(tx, run.schema, migration);
  });
}

async function runStep(run: Run, migration: Migration, step: Step): Promise<void> {
  /** A transaction that does the work and records the step, unless another process has recorded it. */
  const recorded = (work: (tx: Db) => Promise<unknown>) =>
    inTransaction(run.db, { schema: run.schema, lockWait: run.wait }, async (tx) => {
      await waitForOtherSteps(tx);
      if (await isRecorded(tx, run.schema, migration, step.name)) return;
      await recordStep(tx, run.schema, migration, step.name);
      await work(tx);
    });
  const attempt = <T>(tables: readonly string[], work: () => Promise<T>) =>
    untilUnlocked(work, { ...run, findHolder: () => findHolder(run.db, run.schema, { tables, except: run.guard }) });

  switch (step.kind) {
    case 'transaction': {
      const tables = step.locks.map(({ table }) => table);
      return attempt(tables, () => recorded((tx) => runAtOnce(tx, run.schema, step)));
    }
    case 'batches':
      return runBatches(run.signal, (from) => attempt([step.table], () => runBatch(run, migration, step, from)));
    case 'validate':
      return attempt([step.table], () => recorded((tx) => validate(tx, step)));
    case 'create-index':
      await attempt([], () => buildIndex(run, step));
      return recorded(async () => {});
    case 'drop-index':
      await attempt([], () => dropIndex(run, step.index));
      return recorded(async () => {});
  }
}

/** In one message, so that a slow network does not prolong the locks. */
const runAtOnce = (tx: Db, schema: string, { statements, locks }: StepOf<'transaction'>): Promise<unknown> =>
  tx.execute(
    sql.raw([...lockStatements(locks, schema), ...statements.map((text) => inSchema(text, schema))].join(';\n')),
  );

/** This statement may wait long for its lock, because writes do not queue behind it. */
const validate = (tx: Db, { table, constraint }: StepOf<'validate'>): Promise<unknown> =>
  tx.execute(sql`alter table ${sql.identifier(table)} validate constraint ${sql.identifier(constraint)}`);

/** @param next runs the batch that begins there, and returns where the following one begins */
async function runBatches(signal: AbortSignal, next: (from?: string) => Promise<string | undefined>): Promise<void> {
  let from: string | undefined;
  do {
    signal.throwIfAborted();
    from = await next(from);
  } while (from !== undefined);
}
