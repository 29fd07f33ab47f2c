import { listMigrations, type Migration } from './files.ts';
import type { Ledger } from './ledger.ts';
import { planMigration } from './plan.ts';

export interface MigrationStatus {
  name: string;
  /** unfinished: some of its steps are done. */
  state: 'applied' | 'unfinished' | 'pending';
  /** Only for a migration that is not applied. */
  steps?: readonly { name: string; done: boolean }[];
}

/** @param online whether migrations run in steps. If not, all that are pending are one transaction */
export function migrationStatus(ledger: Ledger, online: boolean): MigrationStatus[] {
  return listMigrations().map((migration) => {
    const { name, createdAt } = migration;
    if (ledger.applied.has(createdAt)) return { name, state: 'applied' };
    if (!online) return { name, state: 'pending', steps: [{ name: 'transaction', done: false }] };
    const steps = planMigration(migration).steps.map((step) => ({
      name: step.name,
      done: isDone(ledger, migration, step.name),
    }));
    return { name, state: steps.some(({ done }) => done) ? 'unfinished' : 'pending', steps };
  });
}

export const isDone = ({ steps }: Ledger, { createdAt }: Migration, step: string): boolean =>
  steps.get(createdAt)?.has(step) ?? false;

/** How many migrations the database has that this version does not know. */
export function countNewer({ applied }: Ledger): number {
  const known = new Set(listMigrations().map(({ createdAt }) => createdAt));
  return [...applied].filter((createdAt) => !known.has(createdAt)).length;
}
