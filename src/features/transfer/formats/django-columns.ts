import { mapProfile } from '../../accounts/profile.ts';
import { PROFILE_FIELDS } from '../../accounts/profile-fields.ts';
import type { DefaultColumns, MappedField } from '../columns.ts';
import { own } from '../rows.ts';
import { isEmpty } from '../unused-columns.ts';

/** Means the email address if the account has one, otherwise the number. */
const EITHER_VERIFIED = 'is_verified';

/** Column names of Django's user model, and of many projects. The first that has a value is used. */
export const DJANGO_COLUMNS: DefaultColumns = {
  email: ['email', 'email_address'],
  emailVerified: ['email_verified', 'is_email_verified', 'email_confirmed', 'email_verified_at', EITHER_VERIFIED],
  phone: ['phone', 'phone_number', 'mobile', 'mobile_number', 'mobile_phone'],
  phoneVerified: ['phone_verified', 'is_phone_verified', 'phone_number_verified', 'phone_verified_at', EITHER_VERIFIED],
  passwordHash: ['password'],
  ...mapProfile((name) => PROFILE_FIELDS[name].importedFrom),
  isActive: ['is_active'],
  createdAt: ['date_joined', 'created_at', 'created', 'date_created'],
  lastLoginAt: ['last_login'],
};

const TEXT_ONLY: ReadonlySet<MappedField> = new Set<MappedField>([
  ...Object.keys(PROFILE_FIELDS).map((name) => name as keyof typeof PROFILE_FIELDS), // Object.keys returns strings.
  'createdAt',
]);

/** Whether the field takes the value of this column. A number in a column such as `company` is a foreign key. */
export const acceptsColumn = (
  field: MappedField,
  path: string,
  value: unknown,
  record: Record<string, unknown>,
): boolean => {
  if (TEXT_ONLY.has(field)) return typeof value === 'string';
  if (path !== EITHER_VERIFIED) return true;
  const hasEmail = !isEmpty(own(record, 'email')) || !isEmpty(own(record, 'email_address'));
  return field === 'emailVerified' ? hasEmail : !hasEmail;
};
