import { quoteIdentifier } from '../identifier.ts';
import { inSchema } from './files.ts';
import { concurrentIndex, dropConcurrently } from './indexes.ts';
import { findPending, type Ledger } from './ledger.ts';
import { lockStatements } from './locks.ts';
import { planMigration, type Step } from './plan.ts';
import { BATCH_SIZE } from './run-batch.ts';
import type { Lock } from './statement.ts';
import { isDone } from './status.ts';

/**
 * What migrating would run, as SQL with the locks in comments. Bookkeeping is left out.
 * @param online whether migrations run in steps. If not, all that are pending are one transaction
 */
export function dryRun(ledger: Ledger, schema: string, online: boolean): string[] {
  const pending = findPending(ledger);
  if (pending.length === 0) return [];
  const searchPath = `SET search_path = ${quoteIdentifier(schema)};`;
  if (!online) {
    const statements = pending.flatMap(({ name, statements }) => [`-- ${name}`, ...inPlace(statements, schema)]);
    return [searchPath, '-- One transaction: no other process uses the tables.', 'BEGIN;', ...statements, 'COMMIT;'];
  }
  const steps = pending.flatMap((migration) =>
    planMigration(migration)
      .steps.filter(({ name }) => !isDone(ledger, migration, name))
      .flatMap((step) => ['', `-- ${migration.name}: ${step.name}`, ...describeStep(step, schema)]),
  );
  return [searchPath, ...steps];
}

const inPlace = (statements: readonly string[], schema: string): string[] =>
  statements.map((statement) => `${inSchema(statement, schema)};`);

function describeStep(step: Step, schema: string): string[] {
  switch (step.kind) {
    case 'transaction':
      return [
        ...step.locks.map(describeLock),
        ...(step.locks.length > 0 ? ['-- If a lock is not free in time: again after a pause.'] : []),
        'BEGIN;',
        ...inPlace([...lockStatements(step.locks, schema), ...step.statements], schema),
        'COMMIT;',
      ];
    case 'batches':
      return [
        `-- Repeated for ranges of ${BATCH_SIZE} values of ${step.table}.${step.column}, each in a transaction of its own.`,
        '-- Locks the rows of a range, which takes milliseconds.',
        ...inPlace([step.statement], schema),
      ];
    case 'create-index':
      return [describeHarmless(step.table), `${concurrentIndex(step, schema)};`];
    case 'validate':
      return [
        describeHarmless(step.table),
        `ALTER TABLE ${place(step.table, schema)} VALIDATE CONSTRAINT ${quoteIdentifier(step.constraint)};`,
      ];
    case 'drop-index':
      return [describeHarmless('its table'), `${dropConcurrently(step.index, schema)};`];
  }
}

const place = (table: string, schema: string): string => `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;

const describeHarmless = (table: string): string =>
  `-- SHARE UPDATE EXCLUSIVE on ${table}: blocks neither reads nor writes`;

const describeLock = ({ table, mode }: Lock): string =>
  `-- ${mode} on ${table}: blocks ${mode === 'ACCESS EXCLUSIVE' ? 'reads and writes' : 'writes'} for milliseconds`;
