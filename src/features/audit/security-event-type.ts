import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../../core/scalars.ts';
import { type EventRow, textIn } from './audit.ts';

/** What the API shows the owner of the account of an event: of an administrator neither who, nor from where, nor why. */
@ObjectType('SecurityEvent', { description: 'A security event of an account.' })
export class SecurityEventType {
  constructor(private readonly row: EventRow) {}

  @Field(() => ID, { description: 'Event ID.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => DateTime, { description: 'When it happened.' })
  get at(): Date {
    return this.row.at;
  }
  @Field(() => String, { description: 'Event type, such as sign-in. All types are listed in docs/audit.md.' })
  get kind(): string {
    return this.row.type;
  }
  @Field(() => String, { description: 'Outcome, such as succeeded.' })
  get outcome(): string {
    return this.row.outcome;
  }
  @Field(() => Boolean, { description: 'Whether an administrator caused the event.' })
  get byAdministrator(): boolean {
    return textIn(this.row, 'actorId') !== null;
  }
  @Field(() => ID, { nullable: true, description: 'ID of the affected session.' })
  get sessionId(): string | null {
    return this.row.sessionId;
  }
  @Field(() => String, { nullable: true, description: 'Authentication method, such as password.' })
  get method(): string | null {
    return this.row.method;
  }
  @Field(() => String, {
    nullable: true,
    description: 'IP address of the request. Null if an administrator caused the event.',
  })
  get ipAddress(): string | null {
    return this.byAdministrator ? null : this.row.ipAddress;
  }
}
