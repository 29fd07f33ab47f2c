import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Allow, hasRole } from '../../core/access.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { isId } from '../../core/ids.ts';
import { Node } from '../../core/node.ts';
import type { RequestContext } from '../../core/request.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { UserType } from '../accounts/user-type.ts';
import type { Sessions } from './session.service.ts';
import { SessionType } from './session-type.ts';

@Resolver()
export class NodeResolver {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {}

  @Allow('SIGNED_IN')
  @Query(() => Node, {
    nullable: true,
    description:
      'A user or a live session: the signed-in user and their own sessions; for callers with the role STAFF or ADMIN any. Null if it does not exist or is not visible to the caller.',
  })
  async node(
    @Arg('id', () => ID, { description: 'ID of a user or a session.' }) given: string,
    @Ctx() context: RequestContext,
  ): Promise<UserType | SessionType | null> {
    const { userId } = await requireViewer(context);
    if (!isId(given)) return null;
    const id = given.toLowerCase();
    const [self, session] = await Promise.all([this.accounts.byId(userId), this.sessions.liveById(id)]);
    if (!self?.isActive) throw new Unauthenticated();
    if (id === userId) return new UserType(self);
    if (session?.userId === userId) return new SessionType(session);
    if (!hasRole(self.roles, 'STAFF')) return null;
    await context.requireRole('STAFF', 'query node'); // Also checks the second factor of administrators.
    if (session) return new SessionType(session);
    const user = await this.accounts.byId(id);
    return user ? new UserType(user) : null;
  }
}
