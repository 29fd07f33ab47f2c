/** Words of the page that creates a user. */
export interface InviteWords {
  title: string;
  back: string;
  contact: string;
  contactHint: string;
  email: string;
  phone: string;
  phoneHint: string;
  phoneVerified: string;
  profile: string;
  firstName: string;
  lastName: string;
  company: string;
  language: string;
  languageAny: string;
  access: string;
  staff: string;
  admin: string;
  permissions: string;
  permissionsHint: string;
  reason: string;
  reasonHint: string;
  /** What happens. `{email}` and `{phone}` are replaced. */
  sends: string;
  sendsNothing: string;
  needsAddress: string;
  grantsRole: string;
  submit: string;
  invited: string;
  created: string;
}

const words: InviteWords = {
  title: 'Invite a user',
  back: 'Users',
  contact: 'Address',
  contactHint: 'An email address, or a phone number that you have verified.',
  email: 'Email',
  phone: 'Phone',
  phoneHint: 'In international format, such as +998901234567.',
  phoneVerified: 'I have verified that this number is the user’s',
  profile: 'Profile',
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  language: 'Language of messages',
  languageAny: 'Default',
  access: 'Access',
  staff: 'Staff: sees all users',
  admin: 'Administrator: sees and changes everything',
  permissions: 'Permissions in your app',
  permissionsHint: 'Separated by spaces, such as orders:read orders:write.',
  reason: 'Reason',
  reasonHint: 'For the audit log. Only administrators see it.',
  sends: '{email} gets an invitation. Its link, for choosing a password, is valid for 24 hours.',
  sendsNothing: 'Nothing is sent. The user signs in with a code that is sent to {phone}.',
  needsAddress: 'Enter an email address or a verified phone number.',
  grantsRole: 'The role applies from the first sign-in.',
  submit: 'Create the user',
  invited: 'The invitation is on its way to {email}.',
  created: 'The user has been created.',
};
export default words;
