import { Field, ObjectType } from 'type-graphql';
import { BYTES, MaxBytes } from '../../core/response-size.ts';
import { textIn } from './audit.ts';
import { EventType } from './event-type.ts';

/** An event as the account's owner sees it: without the administrator's id, IP address and reason. */
@ObjectType('SecurityEvent', { description: 'A security event of an account.' })
export class SecurityEventType extends EventType {
  @Field(() => Boolean, { description: 'Whether an administrator caused the event.' })
  get byAdministrator(): boolean {
    return textIn(this.row, 'actorId') !== null;
  }
  @MaxBytes(BYTES.ipAddress)
  @Field(() => String, {
    nullable: true,
    description: 'IP address of the request. Null if an administrator caused the event.',
  })
  get ipAddress(): string | null {
    return this.byAdministrator ? null : this.row.ipAddress;
  }
}
