import { showEmail } from '../../core/identifiers.ts';
import type { WebhookType } from '../../core/webhook-types.ts';
import type { JsonObject, Role } from '../../infra/db/tables.ts';
import type { EventRow } from '../audit/audit.ts';
import type { StoredEvent } from './webhook.ts';

export interface UserRow {
  id: string;
  email: string | null;
  emailVerified: boolean;
  phone: string | null;
  phoneVerified: boolean;
  firstName: string | null;
  lastName: string | null;
  companyName: string | null;
  locale: string | null;
  roles: Role[];
  permissions: string[];
  publicMetadata: JsonObject | null;
  isActive: boolean;
  secondFactorRequired: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export interface SessionRow {
  id: string;
  device: string;
  authenticationMethods: string[];
  createdAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

/** Details that a webhook shows. An allow-list: others, such as the reason that an administrator wrote, stay in the audit log. */
const FACTS: Partial<Record<WebhookType, (event: EventRow) => JsonObject>> = {
  'user.updated': ({ detail }) => ({ changed: toNames(detail.changed ?? PROMOTION) }),
  'user.identity.linked': ({ detail }) => ({ provider: toText(detail.provider) }),
  'user.identity.unlinked': ({ detail }) => ({ provider: toText(detail.provider) }),
  'users.imported': ({ detail, outcome }) => ({
    completed: outcome === 'completed',
    ...Object.fromEntries(Object.entries(detail).filter(([, count]) => typeof count === 'number')),
  }),
  'session.ended': ({ outcome, count }) => ({ reason: outcome, count }),
};

/** What `latchkey create-superuser` changes of an existing account. Its audit event does not list it. */
const PROMOTION = 'roles,password';

const toText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const toNames = (value: unknown): string[] => String(value).split(',').filter(Boolean);

/** What is stored of an audit event until its webhook is sent. */
export const toStoredEvent = (type: WebhookType, event: EventRow): StoredEvent => ({
  at: event.at.toISOString(),
  userId: event.userId,
  sessionId: event.sessionId,
  actorId: toText(event.detail.actorId),
  method: event.method,
  facts: FACTS[type]?.(event) ?? {},
});

/**
 * The body of a webhook. The user and the session are as they are now, not as they were: a webhook that is late, repeated
 * or out of order does not bring old data back.
 */
export const composePayload = (
  type: string,
  { at, userId, sessionId, actorId, method, facts }: StoredEvent,
  user: UserRow | undefined,
  session: SessionRow | undefined,
): JsonObject => ({
  type,
  timestamp: at,
  data: {
    user: user ? showUser(user) : toDeleted(userId),
    session: session ? showSession(session) : sessionId && { id: sessionId },
    actorId,
    method,
    ...facts,
  },
});

const toDeleted = (id: string | null): JsonObject | null => (id === null ? null : { id, isDeleted: true });

const showUser = (user: UserRow): JsonObject => ({
  ...user,
  isDeleted: false,
  email: user.email && showEmail(user.email),
  publicMetadata: user.publicMetadata ?? {},
  createdAt: user.createdAt.toISOString(),
  updatedAt: user.updatedAt.toISOString(),
});

const showSession = (session: SessionRow): JsonObject => ({
  ...session,
  createdAt: session.createdAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  endedAt: session.endedAt?.toISOString() ?? null,
});
