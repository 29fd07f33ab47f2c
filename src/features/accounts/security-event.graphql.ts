import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { DEFAULT_PAGE_SIZE } from '../../core/page.ts';
import { PageInfo } from '../../core/page-info.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { EventList } from '../audit/event-list.service.ts';
import { cursorOfEvent } from '../audit/event-list.ts';
import { SecurityEventType } from '../audit/security-event-type.ts';
import { UserType } from './user-type.ts';

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

@Resolver(() => UserType)
export class SecurityEventResolver {
  constructor(private readonly list: EventList) {}

  @FieldResolver(() => SecurityEventConnection, {
    description:
      'Security events of the account, newest first: sign-ins (including failed ones), changes, ended sessions. Visible to the user and to administrators.',
  })
  async securityEvents(
    @Root() user: UserType,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_PAGE_SIZE, description: 'Page size, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Returns events older than this cursor (an endCursor).',
    })
    after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<SecurityEventConnection> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('ADMIN', 'User.securityEvents');
    const { rows, hasMore, page } = await this.list({ first, after, filter: { userId: user.id } });
    const info = new PageInfo(page, hasMore, rows.map(cursorOfEvent));
    return new SecurityEventConnection(
      rows.map((row) => new SecurityEventType(row)),
      info,
    );
  }
}
