import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../../core/scalars.ts';
import type { EventRow } from '../audit/audit.ts';

/** What stands in the detail of an event under names of its own in the API. */
const NAMED = ['actorId', 'reason'];

@ObjectType('AuditFact', { description: 'A fact about an event.' })
class AuditFact {
  @Field(() => String, { description: 'Such as newDevice; docs/audit.md lists them.' })
  readonly name: string;
  @Field(() => String, { description: 'In words, digits, or true and false.' })
  readonly value: string;
  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
  }
}

/** What the API shows administrators of an event. */
@ObjectType('AuditEvent', { description: 'Something that happened, and how it ended.' })
export class AuditEventType {
  constructor(private readonly row: EventRow) {}

  @Field(() => ID, { description: 'Of the event.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => DateTime, { description: 'When it happened.' })
  get at(): Date {
    return this.row.at;
  }
  @Field(() => String, { description: 'What happened, such as sign-in; docs/audit.md lists them.' })
  get kind(): string {
    return this.row.type;
  }
  @Field(() => String, { description: 'How it ended, such as succeeded.' })
  get outcome(): string {
    return this.row.outcome;
  }
  @Field(() => ID, { nullable: true, description: 'Whom it happened to, where that is known; perhaps gone by now.' })
  get userId(): string | null {
    return this.row.userId;
  }
  @Field(() => ID, { nullable: true, description: 'Which administrator did it, where one did.' })
  get actorId(): string | null {
    return text(this.row, 'actorId');
  }
  @Field(() => String, { nullable: true, description: 'What the administrator gave as the reason.' })
  get reason(): string | null {
    return text(this.row, 'reason');
  }
  @Field(() => ID, { nullable: true, description: 'Which session of the user it was about.' })
  get sessionId(): string | null {
    return this.row.sessionId;
  }
  @Field(() => String, { nullable: true, description: 'How the caller proved who they are, such as password.' })
  get method(): string | null {
    return this.row.method;
  }
  @Field(() => String, { nullable: true, description: 'Where it was asked from. Null also once the account is gone.' })
  get ipAddress(): string | null {
    return this.row.ipAddress;
  }
  @Field(() => String, { nullable: true, description: 'The x-request-id of the answer, which finds it in the log.' })
  get requestId(): string | null {
    return this.row.requestId;
  }
  @Field(() => [AuditFact], { description: 'What else is known.' })
  get facts(): AuditFact[] {
    return Object.entries(this.row.detail)
      .filter(([name]) => !NAMED.includes(name))
      .map(([name, value]) => new AuditFact(name, String(value)));
  }
}

/** What the API shows the owner of the account of an event: of an administrator neither who, nor from where, nor why. */
@ObjectType('SecurityEvent', { description: 'Something that has happened to an account.' })
export class SecurityEventType {
  constructor(private readonly row: EventRow) {}

  @Field(() => ID, { description: 'Of the event.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => DateTime, { description: 'When it happened.' })
  get at(): Date {
    return this.row.at;
  }
  @Field(() => String, { description: 'What happened, such as sign-in; docs/audit.md lists them.' })
  get kind(): string {
    return this.row.type;
  }
  @Field(() => String, { description: 'How it ended, such as succeeded.' })
  get outcome(): string {
    return this.row.outcome;
  }
  @Field(() => Boolean, { description: 'Whether an administrator did it.' })
  get byAdministrator(): boolean {
    return text(this.row, 'actorId') !== null;
  }
  @Field(() => ID, { nullable: true, description: 'Which session it was about.' })
  get sessionId(): string | null {
    return this.row.sessionId;
  }
  @Field(() => String, { nullable: true, description: 'How the caller proved who they are, such as password.' })
  get method(): string | null {
    return this.row.method;
  }
  @Field(() => String, { nullable: true, description: 'Where it was asked from; null when an administrator did it.' })
  get ipAddress(): string | null {
    return this.byAdministrator ? null : this.row.ipAddress;
  }
}

const text = ({ detail }: EventRow, name: string): string | null =>
  typeof detail[name] === 'string' ? detail[name] : null;
