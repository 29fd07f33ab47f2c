import { Field, ID, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { BYTES, MaxBytes, utf8 } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import type { Delivery } from './delivery.ts';

export const DeliveryChannel = graphqlEnum('DeliveryChannel', 'How something is delivered.', {
  MAIL: 'An email to a user.',
  SMS: 'A text message to a user.',
  WEBHOOK: 'An event for another server: docs/webhooks.md.',
});
export type DeliveryChannel = keyof typeof DeliveryChannel;

export const DeliveryState = graphqlEnum('DeliveryState', 'What became of a delivery.', {
  WAITING: 'It is being sent, or will be sent or retried.',
  SENT: 'The mail server, the SMS gateway or the receiver accepted it.',
  GIVEN_UP: 'It was refused, or failed too often. An administrator can retry it, unless it is a text message.',
  EXPIRED: 'Its code or link expired before it could be sent.',
});
export type DeliveryState = keyof typeof DeliveryState;

/** Bytes; WEBHOOK_URL has at most this many. */
const RECIPIENT_MAX = 1_000;
/** Characters. */
const ERROR_MAX = 300;

@ObjectType('Delivery', { description: 'Something that was or is to be sent, without its content.' })
export class DeliveryType {
  constructor(private readonly row: Delivery) {}

  @Field(() => ID, { description: 'Delivery ID.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => DeliveryChannel, { description: 'How it is delivered.' })
  get channel(): DeliveryChannel {
    return this.row.channel;
  }
  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'Kind of message or event, such as verify-email or user.created.' })
  get kind(): string {
    return this.row.kind;
  }
  @MaxBytes(RECIPIENT_MAX)
  @Field(() => String, {
    description:
      'The masked address or number. For webhooks: the URL without credentials and query. Empty in rows of earlier versions.',
  })
  get recipient(): string {
    return this.row.recipient ?? '';
  }
  @Field(() => DeliveryState, { description: 'What became of it.' })
  get state(): DeliveryState {
    return this.row.state;
  }
  @Field(() => Int, { description: 'Attempts so far, since it was last retried by an administrator.' })
  get attempts(): number {
    return this.row.attempts;
  }
  @Field(() => DateTime, { description: 'When it was written.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
  @Field(() => DateTime, { nullable: true, description: 'Earliest time of the next attempt, if it is waiting.' })
  get nextAttemptAt(): Date | null {
    return this.row.nextAttemptAt;
  }
  @MaxBytes(utf8(ERROR_MAX))
  @Field(() => String, {
    nullable: true,
    description: 'Why the last attempt failed. Contains no secrets and no content.',
  })
  get error(): string | null {
    return this.row.error?.slice(0, ERROR_MAX) ?? null;
  }
}
