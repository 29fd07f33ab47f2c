import { Field, ID, ObjectType } from 'type-graphql';
import { BYTES, MaxBytes, MaxItems, utf8 } from '../../core/response-size.ts';
import { REASON_MAX_LENGTH, textIn } from './audit.ts';
import { EventType } from './event-type.ts';

/** Details with their own GraphQL fields. */
const DETAILS_WITH_FIELDS = ['actorId', 'reason'];
/** Far more than an event has. */
const MAX_FACTS = 12;
/** Bytes. Details are names and numbers from our own code. */
const MAX_FACT_BYTES = 256;

@ObjectType('AuditFact', { description: 'An additional detail of an event.' })
class AuditFact {
  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'Name, such as newDevice. All names are listed in docs/audit.md.' })
  readonly name: string;
  @MaxBytes(MAX_FACT_BYTES)
  @Field(() => String, { description: 'Value: text, a number, true or false.' })
  readonly value: string;
  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
  }
}

/** An event as administrators see it. */
@ObjectType('AuditEvent', { description: 'An event in the audit log.' })
export class AuditEventType extends EventType {
  @Field(() => ID, {
    nullable: true,
    description: 'ID of the affected user, if known. The user may have been deleted.',
  })
  get userId(): string | null {
    return this.row.userId;
  }
  @Field(() => ID, { nullable: true, description: 'ID of the administrator who acted. Null if the user acted.' })
  get actorId(): string | null {
    return textIn(this.row, 'actorId');
  }
  @MaxBytes(utf8(REASON_MAX_LENGTH))
  @Field(() => String, { nullable: true, description: 'The reason the administrator gave.' })
  get reason(): string | null {
    return textIn(this.row, 'reason');
  }
  @MaxBytes(BYTES.ipAddress)
  @Field(() => String, {
    nullable: true,
    description: 'IP address of the request. Removed when the account is deleted.',
  })
  get ipAddress(): string | null {
    return this.row.ipAddress;
  }
  @MaxBytes(BYTES.requestId)
  @Field(() => String, {
    nullable: true,
    description: 'The x-request-id of the response, for finding the request in the logs.',
  })
  get requestId(): string | null {
    return this.row.requestId;
  }
  @MaxItems(MAX_FACTS)
  @Field(() => [AuditFact], { description: 'Additional details.' })
  get facts(): AuditFact[] {
    return Object.entries(this.row.detail)
      .filter(([name]) => !DETAILS_WITH_FIELDS.includes(name))
      .slice(0, MAX_FACTS)
      .map(([name, value]) => new AuditFact(name, String(value).slice(0, MAX_FACT_BYTES)));
  }
}
