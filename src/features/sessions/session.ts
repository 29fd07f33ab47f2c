import type { sessions } from '../../infra/db/tables.ts';

export type Session = typeof sessions.$inferSelect;

/** The initial columns of a session. */
export type NewSession = Pick<
  Session,
  'id' | 'userId' | 'createdAt' | 'idleExpiresAt' | 'expiresAt' | 'device' | 'ipAddress' | 'authenticationMethods'
>;

/** When the user last signed in or reauthenticated. */
export const authenticatedAt = ({ authenticatedAt, createdAt }: Session): Date => authenticatedAt ?? createdAt;

/** How far the clocks of replicas may differ. It is small, because they follow the database's clock. */
export const CLOCK_LEEWAY_SECONDS = 5;
