import { after, HOUR, MINUTE } from '../../src/core/clock.ts';
import { newId } from '../../src/core/ids.ts';
import type { Db } from '../../src/infra/db/client.ts';
import { auditEvents, outbox, webhookDeliveries } from '../../src/infra/db/tables.ts';

type Event = typeof auditEvents.$inferInsert;
type Message = typeof outbox.$inferInsert;

interface Options {
  /** Whom the events are about. */
  userIds: readonly string[];
  /** Administrator. */
  adminId: string;
  now?: Date;
}

/** What an app with some hundred users writes in a day, at the same minutes every time. Returns the rows. */
export async function writeDay(db: Db, { userIds, adminId, now = new Date() }: Options) {
  const start = after(new Date(Math.floor(now.getTime() / HOUR) * HOUR), -23 * HOUR);
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, begin: after(start, hour * HOUR) }));
  const inPast = ({ at }: { at: Date }) => at < now;
  const events = hours.flatMap(({ hour, begin }) => eventsOf(hour, begin, userIds, adminId)).filter(inPast);
  const messages = hours
    .flatMap(({ hour, begin }) => messagesOf(hour, begin))
    .filter(({ createdAt }) => inPast({ at: createdAt }));
  const webhooks = [webhookOf(after(now, -9 * MINUTE))];
  await db.insert(auditEvents).values(events);
  await db.insert(outbox).values(messages);
  await db.insert(webhookDeliveries).values(webhooks);
  return { events, messages, webhooks };
}

/** More by day than by night. */
const busyness = (hour: number): number => Math.round(4 + 4 * Math.sin((hour / 24) * 2 * Math.PI));

const METHODS = ['password', 'password', 'passkey', 'email-code', 'social', 'sms-code'] as const;
const REFUSALS = ['wrong-credentials', 'wrong-credentials', 'wrong-second-factor', 'limited', 'unproved'] as const;

function eventsOf(hour: number, begin: Date, userIds: readonly string[], adminId: string): Event[] {
  const event = (minute: number, values: Omit<Event, 'id' | 'at'>): Event => {
    const at = after(begin, minute * MINUTE);
    const userId = userIds[(hour * 7 + minute) % userIds.length] ?? null;
    const requestId = `req-${hour}-${minute}`;
    return { id: newId(at), at, userId, requestId, ipAddress: `203.0.113.${(hour * 11 + minute) % 250}`, ...values };
  };
  const busy = busyness(hour);
  return [
    ...Array.from({ length: busy }, (_, index) =>
      event(index * 6, {
        type: 'sign-in',
        outcome: 'succeeded',
        method: METHODS[(hour + index) % METHODS.length] ?? null,
        sessionId: newId(begin),
        ...(index % 5 === 0 && { detail: { newDevice: true } }),
      }),
    ),
    ...Array.from({ length: Math.ceil(busy / 3) }, (_, index) =>
      event(index * 11 + 3, {
        type: 'sign-in',
        outcome: REFUSALS[(hour + index) % REFUSALS.length] ?? 'limited',
        method: 'password',
        ...(index === 1 && { count: 4, lastAt: after(begin, 20 * MINUTE) }),
      }),
    ),
    ...(hour % 3 === 0 ? [event(31, { type: 'sign-in', outcome: 'second-factor-required', method: 'password' })] : []),
    ...(hour % 4 === 1 ? [event(17, { type: 'sign-up', outcome: 'completed', method: 'email-code' })] : []),
    ...(hour % 6 === 2 ? [event(44, { type: 'password-change', outcome: 'succeeded', method: 'password' })] : []),
    ...(hour % 8 === 5
      ? [
          event(52, {
            type: 'user-update',
            outcome: 'succeeded',
            detail: { actorId: adminId, reason: 'Asked by phone, HR-118', changed: 'firstName,roles', roles: 'STAFF' },
          }),
        ]
      : []),
  ];
}

const KINDS = ['sign-up', 'sign-in', 'verify-email', 'new-device', 'reset-password'] as const;

function messagesOf(hour: number, begin: Date): Message[] {
  return Array.from({ length: Math.ceil(busyness(hour) / 2) }, (_, index): Message => {
    const createdAt = after(begin, (index * 9 + 2) * MINUTE);
    const isText = (hour + index) % 4 === 3;
    const isDead = hour % 9 === 4 && index === 0;
    const state = isDead ? 'dead' : hour % 11 === 7 && index === 0 ? 'expired' : 'sent';
    return {
      id: newId(createdAt),
      channel: isText ? 'SMS' : 'EMAIL',
      kind: isText ? 'otp' : (KINDS[(hour + index) % KINDS.length] ?? 'sign-up'),
      locale: 'en',
      sealed: null,
      recipient: isText ? '+99890*****67' : 'a•••@example.com',
      state,
      attempts: isDead ? 15 : 1,
      lastError: isDead ? '550 5.1.1 The mailbox does not exist' : null,
      nextAttemptAt: createdAt,
      expiresAt: after(createdAt, HOUR),
      createdAt,
      finishedAt: createdAt,
    };
  });
}

function webhookOf(createdAt: Date): typeof webhookDeliveries.$inferInsert {
  return {
    id: newId(createdAt),
    eventId: newId(createdAt),
    type: 'user.updated',
    endpoint: 'https://app.example.com/hooks',
    event: { at: createdAt.toISOString(), userId: null, sessionId: null, actorId: null, method: null, facts: {} },
    state: 'dead',
    attempts: 15,
    lastError: 'HTTP 500',
    nextAttemptAt: createdAt,
    giveUpAt: createdAt,
    createdAt,
    finishedAt: createdAt,
  };
}
