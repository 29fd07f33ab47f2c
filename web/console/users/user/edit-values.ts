import type { ShownUserFragment, UpdateUserInput } from '../../../generated/documents.ts';

const TEXTS = ['firstName', 'lastName', 'companyName', 'locale', 'email', 'phone'] as const;
const FLAGS = ['emailVerified', 'phoneVerified'] as const;
const OBJECTS = ['publicMetadata', 'privateMetadata'] as const;

export const FIELDS = [...TEXTS, ...FLAGS, 'staff', 'admin', 'permissions', ...OBJECTS] as const;
export type FieldName = (typeof FIELDS)[number];

/** What a form has: texts. A flag is `on` or empty. */
export type Values = Readonly<Record<FieldName, string>>;

const flag = (isOn: boolean): string => (isOn ? 'on' : '');

export function toValues(user: ShownUserFragment): Values {
  return {
    firstName: user.firstName ?? '',
    lastName: user.lastName ?? '',
    companyName: user.companyName ?? '',
    locale: user.locale ?? '',
    email: user.email ?? '',
    phone: user.phone ?? '',
    emailVerified: flag(user.emailVerified),
    phoneVerified: flag(user.phoneVerified),
    staff: flag(user.roles.includes('STAFF')),
    admin: flag(user.roles.includes('ADMIN')),
    permissions: user.permissions.join('\n'),
    publicMetadata: JSON.stringify(user.publicMetadata, null, 2),
    privateMetadata: JSON.stringify(user.privateMetadata ?? {}, null, 2),
  };
}

/** Reads a form: what it does not send is empty. */
export const readValues = (sent: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(FIELDS.map((name) => [name, sent[name]?.trim() ?? ''])) as Values; // One for each field.

export const changedFields = (before: Values, after: Values): FieldName[] =>
  FIELDS.filter((name) => before[name] !== after[name]);

/** My changes on top of what another administrator has saved meanwhile. */
export const merge = (mine: Values, before: Values, now: Values): Values =>
  Object.fromEntries(FIELDS.map((name) => [name, mine[name] === before[name] ? now[name] : mine[name]])) as Values;

/** What the service gets: changed fields only. `wrong`: fields whose JSON cannot be read. */
export function toInput(before: Values, after: Values): { input: UpdateUserInput; wrong: FieldName[] } {
  const changed = new Set(changedFields(before, after));
  const objects = OBJECTS.filter((name) => changed.has(name)).map((name) => [name, readObject(after[name])] as const);
  const roles = [...(after.admin ? (['ADMIN'] as const) : []), ...(after.staff ? (['STAFF'] as const) : [])];
  return {
    input: {
      ...Object.fromEntries(TEXTS.filter((name) => changed.has(name)).map((name) => [name, after[name] || null])),
      ...Object.fromEntries(FLAGS.filter((name) => changed.has(name)).map((name) => [name, after[name] === 'on'])),
      ...Object.fromEntries(objects),
      ...((changed.has('staff') || changed.has('admin')) && { roles }),
      ...(changed.has('permissions') && { permissions: after.permissions.split(/\s+/).filter(Boolean) }),
    },
    wrong: objects.filter(([, value]) => value === undefined).map(([name]) => name),
  };
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text || '{}');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
