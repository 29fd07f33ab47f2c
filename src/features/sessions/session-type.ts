import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { RequestContext } from '../../core/request.ts';
import { BYTES, MaxBytes, utf8 } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { DEVICE_MAX_LENGTH } from '../accounts/profile.ts';
import type { Session } from './session.ts';

/** What the API shows of a session: an allow-list over the row. */
@ObjectType('Session', { description: 'A signed-in device.' })
export class SessionType {
  constructor(private readonly row: Session) {}

  @Field(() => ID, { description: 'Session ID, for revokeSession. The sid claim of access tokens.' })
  get id(): string {
    return this.row.id;
  }
  @MaxBytes(utf8(DEVICE_MAX_LENGTH))
  @Field(() => String, {
    description: 'Name given by the client, otherwise derived from its User-Agent, such as Firefox on Linux.',
  })
  get device(): string {
    return this.row.device;
  }
  @MaxBytes(BYTES.ipAddress)
  @Field(() => String, { nullable: true, description: 'IP address of the last sign-in or refresh.' })
  get ipAddress(): string | null {
    return this.row.ipAddress;
  }
  @Field(() => Boolean, { description: 'Whether this is the session of the current request.' })
  async isCurrent(@Ctx() context: RequestContext): Promise<boolean> {
    return (await context.viewer())?.sessionId === this.row.id;
  }
  @Field(() => DateTime, { description: 'When the session began.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
  @Field(() => DateTime, { description: 'Last sign-in or refresh.' })
  get lastUsedAt(): Date {
    return this.row.lastUsedAt;
  }
  @Field(() => DateTime, { description: 'Absolute expiry, regardless of use.' })
  get expiresAt(): Date {
    return this.row.expiresAt;
  }
}
