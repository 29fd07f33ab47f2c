import { Field, ID, ObjectType } from 'type-graphql';
import { showEmail } from '../../core/identifiers.ts';
import { BYTES, MaxBytes } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import type { Identity } from './identity.ts';

/** An imported one may have characters that JSON escapes. */
const MAX_EMAIL_BYTES = 2 * 255;

/** What the API shows of an identity: an allow-list over the row. */
@ObjectType('Identity', { description: 'An account at a social provider, linked for signing in.' })
export class IdentityType {
  constructor(private readonly row: Identity) {}

  @Field(() => ID, { description: 'Identity ID, for unlinkIdentity.' })
  get id(): string {
    return this.row.id;
  }
  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'Provider name, such as google, as listed by socialProviders.' })
  get provider(): string {
    return this.row.provider;
  }
  @MaxBytes(MAX_EMAIL_BYTES)
  @Field(() => String, {
    nullable: true,
    description:
      'Email address at the provider when the identity was linked, verified or not. For display only: it is not used for sign-in.',
  })
  get email(): string | null {
    return this.row.email && showEmail(this.row.email);
  }
  @Field(() => DateTime, { description: 'When the identity was linked.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
}
