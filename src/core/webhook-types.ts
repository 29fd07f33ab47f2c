/** Every type of webhook, and when it is sent. docs/webhooks.md lists them; a test compares the two. */
export const WEBHOOK_TYPES = {
  'user.created': 'An account was created: by a sign-up, an administrator or `latchkey create-superuser`.',
  'user.updated': 'The profile, the roles or another part of the account was changed.',
  'user.deleted': 'The account was deleted, by its owner or by an administrator.',
  'user.email.verified': 'The user verified the email address, also by signing in with an emailed code or link.',
  'user.email.changed': 'The account has a new email address, or its earlier one again.',
  'user.phone.verified': 'The user verified the phone number, also by signing in with a code by text message.',
  'user.phone.changed': 'The account has a new phone number, or its first.',
  'user.password.changed': 'The user set a password.',
  'user.identity.linked': 'An identity at a social provider was linked.',
  'user.identity.unlinked': 'An identity at a social provider was unlinked.',
  'user.totp.added': 'An authenticator app was added.',
  'user.totp.removed': 'An authenticator app was removed.',
  'user.passkey.added': 'A passkey was added.',
  'user.passkey.removed': 'A passkey was removed.',
  'user.recovery_codes.created': 'Recovery codes were created. Earlier ones are no longer valid.',
  'user.recovery_code.used': 'A recovery code was used.',
  'user.second_factor.required': 'Sign-ins need a second factor from now on.',
  'user.second_factor.optional': 'Sign-ins no longer need a second factor.',
  'user.second_factors.reset': 'An administrator removed the second factors and passkeys.',
  'user.reclaimed': 'The owner of the email address verified it for the first time and took over the account.',
  'user.compromise.reported': 'The owner used the "this wasn\'t me" link in a notice. Recent changes were undone.',
  'users.imported': '`latchkey users import` wrote accounts. One event for the whole import.',
  'session.created': 'The user signed in.',
  'session.impersonation.started': 'An administrator acts as the user, in a session that ends after 15 minutes.',
  'session.reauthenticated': 'The user entered the password again, or another factor.',
  'session.ended': 'A session ended before it expired.',
} as const satisfies Record<string, string>;

export type WebhookType = keyof typeof WEBHOOK_TYPES;

export const WEBHOOK_TYPE_NAMES = Object.keys(WEBHOOK_TYPES) as WebhookType[]; // Object.keys forgets the names' type.

/** The types that a name or a pattern such as `user.*` selects. None if it is neither. */
export function selectWebhookTypes(pattern: string): WebhookType[] {
  if (pattern === '*') return WEBHOOK_TYPE_NAMES;
  const start = pattern.endsWith('.*') ? pattern.slice(0, -1) : undefined;
  return WEBHOOK_TYPE_NAMES.filter((name) => name === pattern || (start !== undefined && name.startsWith(start)));
}
