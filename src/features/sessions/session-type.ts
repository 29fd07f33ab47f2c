import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../../core/node.ts';
import type { RequestContext } from '../../core/request.ts';
import { BYTES, MaxBytes, MaxItems, utf8 } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { DEVICE_MAX_LENGTH } from '../accounts/profile.ts';
import type { Session } from './session.ts';

/** More than a session can have. */
const MOST_METHODS = 10;

/** What the API shows of a session: an allow-list over the row. */
@ObjectType('Session', { implements: Node, description: 'A signed-in device.' })
export class SessionType implements Node {
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
  @MaxItems(MOST_METHODS)
  @MaxBytes(BYTES.name)
  @Field(() => [String], {
    description:
      'How the user signed in, as in the amr claim (RFC 8176): pwd, otp, sms, hwk or swk (a passkey on one device, or a synced one), fed (a social provider); mfa if there were two factors. Empty for sessions of earlier releases.',
  })
  get authenticationMethods(): string[] {
    return this.row.authenticationMethods;
  }
  @Field(() => Boolean, { description: 'Whether an administrator is acting as the user.' })
  get isImpersonation(): boolean {
    return this.row.impersonatorId !== null;
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
