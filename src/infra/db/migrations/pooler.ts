import type { PostgresConfig } from '../../../config.ts';
import { NeedsSession } from './failures.ts';
import type { Migration } from './files.ts';
import type { Ledger } from './ledger.ts';
import { planMigration } from './plan.ts';
import { isDone } from './status.ts';

/**
 * Throws NeedsSession before anything is changed. PgBouncer in transaction mode keeps no setting of a session, so the
 * statement_timeout of the role, which the service needs there, would end the building of an index.
 */
export function checkPooler(config: PostgresConfig, pending: readonly Migration[], ledger: Ledger): void {
  if (config.preparedStatements) return;
  for (const migration of pending) {
    const step = planMigration(migration).steps.find(
      ({ kind, name }) => /index$/.test(kind) && !isDone(ledger, migration, name),
    );
    if (!step) continue;
    throw new NeedsSession(
      `${migration.name}: ${step.name} needs a session, which PgBouncer does not give in transaction mode: ` +
        'run latchkey migrate with a DATABASE_URL that leads to PostgreSQL itself, without pgbouncer=true',
    );
  }
}
