import { Field, ID, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { showEmail } from '../../core/identifiers.ts';
import { Node } from '../../core/node.ts';
import { BYTES, MaxBytes, MaxItems, utf8 } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { MAX_PERMISSIONS, PERMISSIONS_MAX_BYTES } from './permissions.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS } from './profile-fields.ts';
import type { User } from './user.ts';

export const Role = graphqlEnum('Role', 'Staff can read users; administrators can also change them.', {
  STAFF: 'Can read users.',
  ADMIN: 'Can read and change users, and read audit events.',
});
export type Role = keyof typeof Role;

/** What the API shows of a user: an allow-list over the row. */
@ObjectType('User', { implements: Node, description: 'A user account and its profile.' })
export class UserType implements Node {
  constructor(private readonly row: User) {}

  @Field(() => ID, { description: 'User ID. Never changes.' })
  get id(): string {
    return this.row.id;
  }
  @MaxBytes(BYTES.email)
  @Field(() => String, {
    nullable: true,
    description:
      'In lower case, with an internationalised domain in Unicode. Null if the account has no address. To send mail, use the ASCII form of the domain, which access tokens contain.',
  })
  get email(): string | null {
    return this.row.email && showEmail(this.row.email);
  }
  @Field(() => Boolean, { description: 'Whether the address is verified.' })
  get emailVerified(): boolean {
    return this.row.emailVerifiedAt !== null;
  }
  @MaxBytes(BYTES.phone)
  @Field(() => String, {
    nullable: true,
    description: 'In E.164 format: the current number of the line, if the numbering plan has changed.',
  })
  get phone(): string | null {
    return this.row.phone;
  }
  @Field(() => Boolean, { description: 'Whether the number is verified.' })
  get phoneVerified(): boolean {
    return this.row.phoneVerifiedAt !== null;
  }
  @Field(() => Boolean, {
    description: 'Whether the account is active. A deactivated account cannot sign in and has no sessions.',
  })
  get isActive(): boolean {
    return this.row.isActive;
  }
  @MaxItems(Object.keys(Role).length)
  @Field(() => [Role], { description: 'Administrative roles. Empty for ordinary users.' })
  get roles(): Role[] {
    return this.row.roles;
  }
  @MaxItems(MAX_PERMISSIONS)
  // On average: PERMISSIONS_MAX_BYTES limits them together.
  @MaxBytes(Math.ceil(PERMISSIONS_MAX_BYTES / MAX_PERMISSIONS))
  @Field(() => [String], {
    description:
      'What the user may do in the surrounding app, such as orders:write. Set by administrators. Becomes the scope claim of access tokens, from the next token on.',
  })
  get permissions(): string[] {
    return this.row.permissions;
  }
  @Field(() => Boolean, {
    description: 'Whether signing in with a password, a code or a social provider also requires a second factor.',
  })
  get secondFactorRequired(): boolean {
    return this.row.secondFactorRequired;
  }
  @Field(() => DateTime, {
    nullable: true,
    description: 'When the user last signed in. Refreshing a session does not count.',
  })
  get lastLoginAt(): Date | null {
    return this.row.lastLoginAt;
  }
  @Field(() => DateTime, { description: 'When the account was created.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
  @Field(() => DateTime, { description: 'When the account was last changed.' })
  get updatedAt(): Date {
    return this.row.updatedAt;
  }
}

for (const name of PROFILE_FIELD_NAMES) {
  Object.defineProperty(UserType.prototype, name, {
    get(this: { row: User }) {
      return this.row[name];
    },
  });
  const { description, maxLength } = PROFILE_FIELDS[name];
  Field(() => String, { nullable: true, description })(UserType.prototype, name);
  MaxBytes(utf8(maxLength))(UserType.prototype, name);
}
