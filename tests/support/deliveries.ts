import {
  DeliveriesDocument,
  type DeliveriesQueryVariables,
  RetryDeliveryDocument,
} from '../../schema/generated/graphql.ts';
import { after, DAY, MINUTE } from '../../src/core/clock.ts';
import { newId } from '../../src/core/ids.ts';
import type { Db } from '../../src/infra/db/client.ts';
import { outbox, webhookDeliveries } from '../../src/infra/db/tables.ts';
import type { Caller } from './admins.ts';

export const listDeliveries = async ({ client, token }: Caller, variables: DeliveriesQueryVariables = {}) =>
  (await client.request(DeliveriesDocument, variables, { token })).deliveries;

export const retryDelivery = async ({ client, token }: Caller, id: string) =>
  (await client.request(RetryDeliveryDocument, { id }, { token })).retryDelivery;

/** Writes a message row. Returns its ID. */
export async function insertMessage(
  db: Db,
  values: Partial<typeof outbox.$inferInsert> = {},
  createdAt = new Date(),
): Promise<string> {
  const id = newId(createdAt);
  const state = values.state ?? 'pending';
  await db.insert(outbox).values({
    id,
    channel: 'EMAIL',
    kind: 'verify-email',
    locale: 'en',
    sealed: null,
    recipient: 'a***@example.org',
    state,
    attempts: 1,
    nextAttemptAt: after(createdAt, DAY),
    expiresAt: after(createdAt, DAY),
    createdAt,
    finishedAt: state === 'pending' ? null : createdAt,
    ...values,
  });
  return id;
}

/** Writes a webhook row that is not due. Returns its ID. */
export async function insertWebhook(
  db: Db,
  values: Partial<typeof webhookDeliveries.$inferInsert> = {},
  createdAt = new Date(),
): Promise<string> {
  const id = newId(createdAt);
  const state = values.state ?? 'pending';
  await db.insert(webhookDeliveries).values({
    id,
    eventId: newId(createdAt),
    type: 'user.updated',
    endpoint: 'https://app.example.com/hooks',
    event: {
      at: createdAt.toISOString(),
      userId: null,
      sessionId: null,
      actorId: null,
      method: null,
      facts: { changed: [] },
    },
    state,
    attempts: 1,
    nextAttemptAt: after(createdAt, DAY),
    giveUpAt: after(createdAt, 2 * DAY),
    createdAt,
    finishedAt: state === 'pending' ? null : createdAt,
    ...values,
  });
  return id;
}

export const MINUTE_AGO = (minutes: number): Date => after(new Date(), -minutes * MINUTE);
