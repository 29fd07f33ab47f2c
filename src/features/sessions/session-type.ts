import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import type { Session } from './session.ts';

/** What the API shows of a session: an allow-list over the row. */
@ObjectType('Session', { description: 'A device that is signed in.' })
export class SessionType {
  constructor(private readonly row: Session) {}

  @Field(() => ID, { description: 'What revokeSession takes; the sid claim of its access tokens.' })
  get id(): string {
    return this.row.id;
  }
  @Field(() => String, {
    description: 'As the client named itself, else read from its User-Agent: Firefox on Linux.',
  })
  get device(): string {
    return this.row.device;
  }
  @Field(() => String, { nullable: true, description: 'Where it was last used from.' })
  get ipAddress(): string | null {
    return this.row.ipAddress;
  }
  @Field(() => Boolean, { description: 'Whether this request speaks for it.' })
  async isCurrent(@Ctx() context: RequestContext): Promise<boolean> {
    return (await context.viewer())?.sessionId === this.row.id;
  }
  @Field(() => DateTime, { description: 'When it was signed in.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
  @Field(() => DateTime, { description: 'Its latest sign-in or refresh.' })
  get lastUsedAt(): Date {
    return this.row.lastUsedAt;
  }
  @Field(() => DateTime, { description: 'It ends then at the latest, however often it is used.' })
  get expiresAt(): Date {
    return this.row.expiresAt;
  }
}
