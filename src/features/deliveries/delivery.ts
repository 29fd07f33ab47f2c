import { encodeCursor, type PageArguments } from '../../core/page.ts';
import { KEEP_DEAD, KEEP_FINISHED } from '../outbox/outbox.ts';
import { KEEP_SENT } from '../webhooks/webhook.ts';

export const DELIVERY_CHANNELS = ['MAIL', 'SMS', 'WEBHOOK'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

export const DELIVERY_STATES = ['WAITING', 'SENT', 'GIVEN_UP', 'EXPIRED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A message to a user, or an event for another server, without its content. */
export interface Delivery {
  id: string;
  channel: DeliveryChannel;
  /** The template, or the type of the webhook. */
  kind: string;
  /** Masked. Null in rows of earlier versions. */
  recipient: string | null;
  state: DeliveryState;
  attempts: number;
  createdAt: Date;
  /** Null unless it is waiting. */
  nextAttemptAt: Date | null;
  error: string | null;
}

/** What has not been delivered. */
export interface Backlog {
  channel: DeliveryChannel;
  waiting: number;
  /** Milliseconds since the oldest waiting one was written; 0 if none waits. */
  oldestAge: number;
  givenUp: number;
}

/** All given conditions must hold. */
export interface DeliveryFilter {
  channel?: DeliveryChannel | null | undefined;
  state?: DeliveryState | null | undefined;
  /** Inclusive. */
  since?: Date | null | undefined;
  /** Exclusive. */
  until?: Date | null | undefined;
}

export interface DeliveryListRequest extends PageArguments {
  filter?: DeliveryFilter | null | undefined;
}

export const cursorOfDelivery = ({ id, createdAt }: Delivery): string =>
  encodeCursor('delivery', { key: createdAt.toISOString(), id });

export interface DeliveryKind {
  channel: DeliveryChannel;
  state: DeliveryState;
}

/** Milliseconds for which deliveries are kept at least, once they are in the state. */
export function findRetention({ channel, state }: DeliveryKind): number {
  if (state === 'GIVEN_UP' || state === 'WAITING') return KEEP_DEAD;
  return channel === 'WEBHOOK' ? KEEP_SENT : KEEP_FINISHED;
}
