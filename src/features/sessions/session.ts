import type { sessions } from '../../infra/db/tables.ts';

export type Session = typeof sessions.$inferSelect;

/** What a session begins with. */
export type NewSession = Pick<
  Session,
  'id' | 'userId' | 'createdAt' | 'idleExpiresAt' | 'expiresAt' | 'device' | 'ipAddress'
>;

/** How far the clocks of replicas may differ. They follow the database's clock, so it is little. */
export const CLOCK_LEEWAY_SECONDS = 5;
