import { Arg, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { DEFAULT_PAGE_SIZE } from '../../core/page.ts';
import { PageInfo } from '../../core/page-info.ts';
import { DateTime } from '../../core/scalars.ts';
import { AuditEventType } from '../audit/audit-event-type.ts';
import type { EventList } from '../audit/event-list.service.ts';
import { cursorOfEvent, type EventFilter } from '../audit/event-list.ts';

@ObjectType('AuditEventConnection', { description: 'A page of audit events, newest first.' })
class AuditEventConnection {
  @Field(() => [AuditEventType], { description: 'The events on this page.' })
  readonly nodes: readonly AuditEventType[];
  @Field(() => PageInfo, { description: 'Pagination details.' })
  readonly pageInfo: PageInfo;
  constructor(nodes: readonly AuditEventType[], pageInfo: PageInfo) {
    this.nodes = nodes;
    this.pageInfo = pageInfo;
  }
}

@InputType('AuditEventFilter', { description: 'Filters audit events. All given conditions must match.' })
class AuditEventFilter implements EventFilter {
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

@Resolver()
export class AuditEventResolver {
  constructor(private readonly list: EventList) {}

  @Allow('ADMIN')
  @Query(() => AuditEventConnection, {
    description: 'Administrators only. The audit log, newest first, with keyset pagination.',
  })
  async auditEvents(
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_PAGE_SIZE, description: 'Page size, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Returns events older than this cursor (an endCursor).',
    })
    after: string | null,
    @Arg('last', () => Int, { nullable: true, description: 'Page size for backward pagination, instead of `first`.' })
    last: number | null,
    @Arg('before', () => String, {
      nullable: true,
      description: 'Returns events newer than this cursor (a startCursor). Used with `last`.',
    })
    before: string | null,
    @Arg('filter', () => AuditEventFilter, { nullable: true, description: 'Filter.' })
    filter: AuditEventFilter | null,
  ): Promise<AuditEventConnection> {
    const { rows, hasMore, page } = await this.list({ first, after, last, before, filter });
    const info = new PageInfo(page, hasMore, rows.map(cursorOfEvent));
    return new AuditEventConnection(
      rows.map((row) => new AuditEventType(row)),
      info,
    );
  }
}
