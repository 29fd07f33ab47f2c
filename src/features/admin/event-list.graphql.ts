import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user-type.ts';
import type { EventRow } from '../audit/audit.ts';
import type { EventList } from './event-list.service.ts';
import { type EventFilter, placeOfEvent } from './event-list.ts';
import { AuditEventType, SecurityEventType } from './event-type.ts';
import { cursorOf, PAGE } from './page.ts';
import { PageInfo } from './page-info.ts';

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

@ObjectType('SecurityEventConnection', { description: 'A page of security events, newest first.' })
class SecurityEventConnection {
  @Field(() => [SecurityEventType], { description: 'The events on this page.' })
  readonly nodes: readonly SecurityEventType[];
  @Field(() => PageInfo, { description: 'Pagination details.' })
  readonly pageInfo: PageInfo;
  constructor(nodes: readonly SecurityEventType[], pageInfo: PageInfo) {
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
  @Field(() => DateTime, { nullable: true, description: 'At this time or later.' })
  since?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Before this time.' })
  until?: Date | null;
}

const FIRST = { nullable: true, defaultValue: PAGE, description: 'Page size, 1 to 100.' };
const AFTER = { nullable: true, description: 'Returns events older than this cursor (an endCursor).' };

@Resolver()
export class AuditEventResolver {
  constructor(private readonly list: EventList) {}

  @Allow('ADMIN')
  @Query(() => AuditEventConnection, {
    description: 'Administrators only. The audit log, newest first, with keyset pagination.',
  })
  async auditEvents(
    @Arg('first', () => Int, FIRST) first: number | null,
    @Arg('after', () => String, AFTER) after: string | null,
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
    const info = new PageInfo(page, hasMore, rows.map(cursor));
    return new AuditEventConnection(
      rows.map((row) => new AuditEventType(row)),
      info,
    );
  }
}

@Resolver(() => UserType)
export class SecurityEventResolver {
  constructor(private readonly list: EventList) {}

  @FieldResolver(() => SecurityEventConnection, {
    description:
      'Security events of the account, newest first: sign-ins (including failed ones), changes, ended sessions. Visible to the user and to administrators.',
  })
  async securityEvents(
    @Root() user: UserType,
    @Arg('first', () => Int, FIRST) first: number | null,
    @Arg('after', () => String, AFTER) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<SecurityEventConnection> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('ADMIN', 'User.securityEvents');
    const { rows, hasMore, page } = await this.list({ first, after, filter: { userId: user.id } });
    const info = new PageInfo(page, hasMore, rows.map(cursor));
    return new SecurityEventConnection(
      rows.map((row) => new SecurityEventType(row)),
      info,
    );
  }
}

const cursor = (row: EventRow): string => cursorOf('event', placeOfEvent(row));
