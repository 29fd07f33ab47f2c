import { Arg, Args, Field, FieldResolver, ID, InputType, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { connectionOf } from '../../core/connection.ts';
import { PageArgs } from '../../core/page-arguments.ts';
import { DateTime } from '../../core/scalars.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { UserType } from '../accounts/user-type.ts';
import { AuditEventType } from '../audit/audit-event-type.ts';
import type { EventList } from '../audit/event-list.service.ts';
import { cursorOfEvent, type EventFilter } from '../audit/event-list.ts';

@ObjectType('AuditEventConnection', { description: 'A page of audit events, newest first.' })
class AuditEventConnection extends connectionOf(AuditEventType, {
  name: 'AuditEvent',
  one: 'event',
  many: 'events',
}) {}

@InputType('AuditEventFilter', { description: 'Filters audit events. All given conditions must match.' })
class AuditEventFilter implements EventFilter {
  @Field(() => ID, { nullable: true, description: 'Event ID, for links to one event.' })
  id?: string | null;
  @Field(() => ID, { nullable: true, description: 'ID of the affected user, who may have been deleted.' })
  userId?: string | null;
  @Field(() => ID, { nullable: true, description: 'ID of the administrator who acted.' })
  actorId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Event type, such as sign-in. All types are listed in docs/audit.md.',
  })
  kind?: string | null;
  @Field(() => String, { nullable: true, description: 'Outcome, such as succeeded.' })
  outcome?: string | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'Events at this time or later. Counted refusals match by the time of the last one.',
  })
  since?: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'Events before this time. Counted refusals match by the time of the first one.',
  })
  until?: Date | null;
}

@Resolver(() => AuditEventType)
export class AuditEventResolver {
  constructor(
    private readonly list: EventList,
    private readonly accounts: Pick<Accounts, 'byId'>,
  ) {}

  @Allow('ADMIN')
  @Query(() => AuditEventConnection, {
    description: 'Administrators only. The audit log, newest first, with keyset pagination.',
  })
  async auditEvents(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditEventFilter, { nullable: true, description: 'Filter.' })
    filter: AuditEventFilter | null,
  ): Promise<AuditEventConnection> {
    const { rows, ...found } = await this.list({ ...page, filter });
    const nodes = rows.map((row) => new AuditEventType(row));
    return new AuditEventConnection({ ...found, nodes, cursors: rows.map(cursorOfEvent) });
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'The affected user as the account is now. Null if not known or deleted.',
  })
  user(@Root() { userId }: AuditEventType): Promise<UserType | null> {
    return this.findUser(userId);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'The administrator who acted, as the account is now. Null if the user acted, or if it was deleted.',
  })
  actor(@Root() { actorId }: AuditEventType): Promise<UserType | null> {
    return this.findUser(actorId);
  }

  private async findUser(id: string | null): Promise<UserType | null> {
    const user = id === null ? undefined : await this.accounts.byId(id);
    return user ? new UserType(user) : null;
  }
}
