import { Field, ID, Int, ObjectType } from 'type-graphql';
import { BYTES, MaxBytes } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import type { EventRow } from './audit.ts';

/** The fields that both administrators and the account's owner see. */
@ObjectType()
export abstract class EventType {
  constructor(protected readonly row: EventRow) {}

  @Field(() => ID, { description: 'Event ID.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => DateTime, { description: 'When it happened; if more than once, the first time.' })
  get at(): Date {
    return this.row.at;
  }
  @Field(() => Int, {
    description:
      'How many times it happened. Refusals of the same kind from the same network within ten minutes are one event, and those of the last seconds may not be counted yet.',
  })
  get count(): number {
    return this.row.count;
  }
  @Field(() => DateTime, { nullable: true, description: 'The last time, if it happened more than once.' })
  get lastAt(): Date | null {
    return this.row.lastAt;
  }
  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'Event type, such as sign-in. All types are listed in docs/audit.md.' })
  get kind(): string {
    return this.row.type;
  }
  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'Outcome, such as succeeded.' })
  get outcome(): string {
    return this.row.outcome;
  }
  @Field(() => ID, { nullable: true, description: 'ID of the affected session.' })
  get sessionId(): string | null {
    return this.row.sessionId;
  }
  @MaxBytes(BYTES.name)
  @Field(() => String, { nullable: true, description: 'Authentication method, such as password.' })
  get method(): string | null {
    return this.row.method;
  }
}
