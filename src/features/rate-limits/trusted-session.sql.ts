import { and, eq, gt, ne, sql } from 'drizzle-orm';
import { after } from '../../core/clock.ts';
import { sessions } from '../../infra/db/tables.ts';
import { KNOWN_FOR } from './known-networks.ts';

/** Whether the account knows the network of a session: it is live, or ended or expired in the last days. */
export const hasKnownNetwork = (now: Date) =>
  and(
    ne(sessions.trust, 'none'),
    gt(sql`least(${sessions.endedAt}, ${sessions.idleExpiresAt})`, after(now, -KNOWN_FOR).toISOString()),
  );

/** Whether a device of the same name needs no notice. */
export const hasFamiliarDevice = eq(sessions.trust, 'full');
