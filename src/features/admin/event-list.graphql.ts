import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user.graphql.ts';
import type { EventRow } from '../audit/audit.ts';
import type { EventList } from './event-list.service.ts';
import { type EventFilter, placeOfEvent } from './event-list.ts';
import { AuditEventType, SecurityEventType } from './event-type.ts';
import { cursorOf, PAGE } from './page.ts';
import { PageInfo } from './page-info.ts';

@ObjectType('AuditEventConnection', { description: 'A page of what was recorded, newest first.' })
class AuditEventConnection {
  @Field(() => [AuditEventType], { description: 'The events of the page.' })
  readonly nodes: readonly AuditEventType[];
  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo: PageInfo;
  constructor(nodes: readonly AuditEventType[], pageInfo: PageInfo) {
    this.nodes = nodes;
    this.pageInfo = pageInfo;
  }
}

@ObjectType('SecurityEventConnection', { description: 'A page of what has happened to an account, newest first.' })
class SecurityEventConnection {
  @Field(() => [SecurityEventType], { description: 'The events of the page.' })
  readonly nodes: readonly SecurityEventType[];
  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo: PageInfo;
  constructor(nodes: readonly SecurityEventType[], pageInfo: PageInfo) {
    this.nodes = nodes;
    this.pageInfo = pageInfo;
  }
}

@InputType('AuditEventFilter', { description: 'Which events. What is given counts together.' })
class AuditEventFilter implements EventFilter {
  @Field(() => ID, { nullable: true, description: 'Whom it happened to; also somebody who is gone.' })
  userId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Which administrator did it.' })
  actorId?: string | null;
  @Field(() => String, { nullable: true, description: 'What happened, such as sign-in; docs/audit.md lists them.' })
  kind?: string | null;
  @Field(() => String, { nullable: true, description: 'How it ended, such as succeeded.' })
  outcome?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'At this moment or later.' })
  since?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  until?: Date | null;
}

const FIRST = { nullable: true, defaultValue: PAGE, description: 'At most so many, 1 to 100.' };
const AFTER = { nullable: true, description: 'Older than this place: an endCursor.' };

@Resolver()
export class AuditEventResolver {
  constructor(private readonly list: EventList) {}

  @Allow('ADMIN')
  @Query(() => AuditEventConnection, {
    description: 'Administrators only. What was recorded, newest first; a page costs the same at any depth.',
  })
  async auditEvents(
    @Arg('first', () => Int, FIRST) first: number | null,
    @Arg('after', () => String, AFTER) after: string | null,
    @Arg('last', () => Int, { nullable: true, description: 'Backward: the last so many, instead of `first`.' })
    last: number | null,
    @Arg('before', () => String, { nullable: true, description: 'Newer than this place: a startCursor; with `last`.' })
    before: string | null,
    @Arg('filter', () => AuditEventFilter, { nullable: true, description: 'Which events.' })
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
      'What has happened to the account, newest first: sign-ins, failed ones among them, changes, ended sessions. Visible to the user and to administrators.',
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
