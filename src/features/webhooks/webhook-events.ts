import type { WebhookType } from '../../core/webhook-types.ts';
import type { AuditType, VOCABULARY } from '../audit/audit.ts';

/** An event that has no webhook, and why. */
export interface Silent {
  silent: string;
}

type Recorded<Type extends AuditType> = (typeof VOCABULARY)[Type]['recorded'][number];

const UNCHANGED: Silent = { silent: 'It changes no account and no session.' };
const REQUESTED: Silent = { silent: 'A message was requested. Nothing has changed yet.' };
const REFUSED: Silent = { silent: 'Nothing was changed.' };

/**
 * The webhook of each audit event. Counted refusals have none: they change nothing, and callers can cause any number of
 * them. Every event that changes an account or a session has one.
 */
export const WEBHOOK_OF: { [Type in AuditType]: Record<Recorded<Type>, WebhookType | Silent> } = {
  'sign-up': { requested: REQUESTED, completed: 'user.created' },
  'sign-in': { succeeded: 'session.created' },
  'email-verification': { requested: REQUESTED, succeeded: 'user.email.verified' },
  'phone-verification': { requested: REQUESTED, succeeded: 'user.phone.verified' },
  'phone-change': { succeeded: 'user.phone.changed' },
  'sms-shield': {},
  'password-reset': { requested: REQUESTED, succeeded: 'user.password.changed' },
  'password-change': { succeeded: 'user.password.changed' },
  'email-change': { requested: REQUESTED, succeeded: 'user.email.changed' },
  'email-change-undo': { succeeded: 'user.email.changed' },
  'not-me': { succeeded: 'user.compromise.reported' },
  notice: { suppressed: UNCHANGED },
  'account-deletion': { succeeded: 'user.deleted' },
  identity: { linked: 'user.identity.linked', unlinked: 'user.identity.unlinked' },
  'second-factor': {
    'totp-added': 'user.totp.added',
    'totp-removed': 'user.totp.removed',
    'passkey-added': 'user.passkey.added',
    'passkey-removed': 'user.passkey.removed',
    'passkey-counter-decreased': { silent: 'A warning about a passkey. The account is unchanged.' },
    'second-factor-required': 'user.second_factor.required',
    'second-factor-optional': 'user.second_factor.optional',
    'recovery-codes-created': 'user.recovery_codes.created',
    'recovery-code-used': 'user.recovery_code.used',
  },
  reauthentication: { succeeded: 'session.reauthenticated' },
  'account-reclaim': { succeeded: 'user.reclaimed' },
  'session-end': {
    logout: 'session.ended',
    'logout-all': 'session.ended',
    revoked: 'session.ended',
    reused: 'session.ended',
    'password-changed': 'session.ended',
    'email-changed': 'session.ended',
    'not-me': 'session.ended',
    'session-limit': 'session.ended',
    'impersonator-lost-role': 'session.ended',
    deactivated: 'session.ended',
    deleted: 'session.ended',
  },
  'key-rotation': { published: UNCHANGED },
  superuser: { created: 'user.created', promoted: 'user.updated' },
  'user-import': { completed: 'users.imported', failed: 'users.imported' },
  'user-export': { completed: UNCHANGED, failed: UNCHANGED },
  access: {},
  'user-creation': { succeeded: 'user.created', taken: REFUSED, limited: REFUSED },
  'user-update': { succeeded: 'user.updated', taken: REFUSED, refused: REFUSED },
  impersonation: { started: 'session.impersonation.started', refused: REFUSED },
  'user-sessions-end': { succeeded: { silent: 'Each session has a session.ended of its own.' } },
  'second-factor-reset': { succeeded: 'user.second_factors.reset', refused: REFUSED },
  'user-deletion': { succeeded: 'user.deleted', refused: REFUSED },
  'recovery-link': { sent: REQUESTED, limited: REFUSED },
  'profile-update': { succeeded: 'user.updated' },
  delivery: { retried: UNCHANGED },
};

/** The webhook of an event, as it is stored; undefined if it has none. */
export function findWebhookType({ type, outcome }: { type: string; outcome: string }): WebhookType | undefined {
  if (!Object.hasOwn(WEBHOOK_OF, type)) return undefined; // Of a newer version.
  const outcomes: Record<string, WebhookType | Silent> = WEBHOOK_OF[type as AuditType];
  const found = outcomes[outcome];
  return typeof found === 'string' ? found : undefined;
}
