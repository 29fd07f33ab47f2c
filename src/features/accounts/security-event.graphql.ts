import { Args, Ctx, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../core/connection.ts';
import { PageArgs } from '../../core/page-arguments.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { EventList } from '../audit/event-list.service.ts';
import { cursorOfEvent } from '../audit/event-list.ts';
import { SecurityEventType } from '../audit/security-event-type.ts';
import { UserType } from './user-type.ts';

@ObjectType('SecurityEventConnection', { description: 'A page of security events, newest first.' })
class SecurityEventConnection extends connectionOf(SecurityEventType, {
  name: 'SecurityEvent',
  one: 'event',
  many: 'events',
}) {}

@Resolver(() => UserType)
export class SecurityEventResolver {
  constructor(private readonly list: EventList) {}

  @FieldResolver(() => SecurityEventConnection, {
    description:
      'Security events of the account, newest first: sign-ins (including failed ones), changes, ended sessions. Visible to the user and to administrators.',
  })
  async securityEvents(
    @Root() user: UserType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<SecurityEventConnection> {
    const viewer = await requireViewer(context);
    if (viewer.userId !== user.id) await context.requireRole('ADMIN', 'User.securityEvents');
    const { rows, ...found } = await this.list({ ...page, filter: { userId: user.id } });
    const nodes = rows.map((row) => new SecurityEventType(row));
    return new SecurityEventConnection({ ...found, nodes, cursors: rows.map(cursorOfEvent) });
  }
}
