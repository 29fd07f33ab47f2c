import type { sessions } from '../../infra/db/tables.ts';

export type Session = typeof sessions.$inferSelect;

/** What is to be said of a session at its beginning. */
export type NewSession = Pick<
  Session,
  'id' | 'userId' | 'createdAt' | 'idleExpiresAt' | 'expiresAt' | 'device' | 'ipAddress'
>;

/** Seconds by which the clocks of replicas may differ. They are anchored to the database, so it is not much. */
export const CLOCK_LEEWAY_SECONDS = 5;
