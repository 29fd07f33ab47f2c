import { Field, InputType } from 'type-graphql';
import { JSONObject } from '../../core/scalars.ts';
import { METADATA_MAX_BYTES, METADATA_MAX_DEPTH } from '../accounts/metadata.ts';
import { MAX_PERMISSIONS, PERMISSION_MAX_LENGTH, PERMISSIONS_MAX_BYTES } from '../accounts/permissions.ts';
import { PROFILE_FIELD_NAMES } from '../accounts/profile-fields.ts';
import { ProfileFieldsInput } from '../accounts/profile-input.ts';
import { Role } from '../accounts/user-type.ts';

const PERMISSIONS = `What the user may do in the surrounding app, such as orders:write: at most ${MAX_PERMISSIONS} scope values (RFC 6749) of at most ${PERMISSION_MAX_LENGTH} characters each and ${PERMISSIONS_MAX_BYTES} bytes together.`;

const LIMITS = `At most ${METADATA_MAX_BYTES} bytes of JSON, nested at most ${METADATA_MAX_DEPTH} levels deep; the names __proto__, constructor and prototype are not allowed.`;
const PUBLIC_METADATA = `Data of the surrounding app that the user may read. ${LIMITS}`;
const PRIVATE_METADATA = `Data of the surrounding app that only administrators may read. ${LIMITS}`;

@InputType('CreateUserInput', {
  description: 'A new account. Requires an email address or a verified phone number.',
})
export class CreateUserInput extends ProfileFieldsInput {
  @Field(() => String, { nullable: true, description: 'A single email address, case-insensitive.' })
  email?: string | null;
  @Field(() => String, { nullable: true, description: 'In international format.' })
  phone?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'If omitted, the owner is invited to choose one. Any characters, at most 256; must not be easy to guess.',
  })
  password?: string | null;
  @Field(() => [Role], { defaultValue: [], description: 'Administrative roles.' })
  roles!: Role[];
  @Field(() => [String], { nullable: true, description: PERMISSIONS })
  permissions?: string[] | null;
  @Field(() => JSONObject, { nullable: true, description: PUBLIC_METADATA })
  publicMetadata?: object | null;
  @Field(() => JSONObject, { nullable: true, description: PRIVATE_METADATA })
  privateMetadata?: object | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Marks the address as verified.' })
  emailVerified!: boolean;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Marks the number as verified. The owner can then sign in with a code sent by SMS.',
  })
  phoneVerified!: boolean;
}

@InputType('UpdateUserInput', {
  description:
    'Omitted fields stay unchanged. Null or an empty string clears email, phone and profile fields; for the other fields null means unchanged.',
})
export class UpdateUserInput extends ProfileFieldsInput {
  @Field(() => String, {
    nullable: true,
    description: 'A new address is unverified unless emailVerified is true.',
  })
  email?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A new number is unverified unless phoneVerified is true.',
  })
  phone?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the account is active.' })
  isActive?: boolean | null;
  @Field(() => [Role], { nullable: true, description: 'Replaces all roles.' })
  roles?: Role[] | null;
  @Field(() => [String], { nullable: true, description: `${PERMISSIONS} Replaces all of them.` })
  permissions?: string[] | null;
  @Field(() => JSONObject, { nullable: true, description: `${PUBLIC_METADATA} Replaces the whole object.` })
  publicMetadata?: object | null;
  @Field(() => JSONObject, { nullable: true, description: `${PRIVATE_METADATA} Replaces the whole object.` })
  privateMetadata?: object | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Marks the address as verified or unverified. Confirming an unchanged address that was never verified hands the account over to its owner: password, sessions, number and identities are removed. Send the owner a link with sendPasswordReset.',
  })
  emailVerified?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Marks the number as verified or unverified.' })
  phoneVerified?: boolean | null;
}

/** Whether a new account gets roles, permissions, data that claims can be taken from, or an address or number that counts as its owner's without a verification. */
export const grantsAccess = ({ roles, permissions, emailVerified, phoneVerified }: Partial<CreateUserInput>): boolean =>
  Boolean(roles?.length || permissions?.length || emailVerified || phoneVerified);

/** Whether an update goes beyond the profile: who can sign in, and what the user may do. */
export const changesAccess = (input: object): boolean =>
  Object.keys(input).some((name) => !PROFILE_FIELD_NAMES.some((field) => field === name));
