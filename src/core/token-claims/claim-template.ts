import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** What claims can be taken from. */
export interface ClaimSubject {
  id: string;
  /** Null unless it is verified. */
  email: string | null;
  /** Null unless it is verified. */
  phone: string | null;
  roles: readonly string[];
  permissions: readonly string[];
  publicMetadata: JsonObject;
}

/** Claims, in which a text that begins with `$.` stands for a value of the user. */
export type ClaimTemplate = JsonObject;

type Source = (subject: ClaimSubject) => JsonValue;

/** What operators can refer to, as `$.` and the name. */
export const SOURCES: Readonly<Record<string, Source>> = {
  id: ({ id }) => id,
  email: ({ email }) => email,
  phone: ({ phone }) => phone,
  roles: ({ roles }) => [...roles],
  permissions: ({ permissions }) => [...permissions],
  publicMetadata: ({ publicMetadata }) => publicMetadata,
};

/** The only source with values inside. */
const OBJECT_SOURCE = 'publicMetadata';

/** The names of our roles for other systems. Not admin: in Hasura a role of this name may do everything. */
const ROLE_NAMES: Readonly<Record<string, string>> = { STAFF: 'staff', ADMIN: 'administrator' };

/** What the presets refer to. */
const PRESET_SOURCES: Readonly<Record<string, Source>> = {
  roleNames: ({ roles }) => ['user', ...roles.flatMap((role) => ROLE_NAMES[role] ?? [])],
  databaseRole: ({ roles }) =>
    ['ADMIN', 'STAFF'].flatMap((role) => (roles.includes(role) ? (ROLE_NAMES[role] ?? []) : []))[0] ?? 'authenticated',
};

const PREFIX = '$.';
export const isReference = (value: JsonValue): value is string => typeof value === 'string' && value.startsWith(PREFIX);

/** Whether the text names a value that operators can refer to. */
export function isKnownReference(reference: string): boolean {
  const [source = '', ...path] = toPath(reference);
  return Object.hasOwn(SOURCES, source) && (path.length === 0 || (source === OBJECT_SOURCE && !path.includes('')));
}

const toPath = (reference: string): string[] => reference.slice(PREFIX.length).split('.');

/** Whether the claims need the user's metadata. */
export const usesMetadata = (template: ClaimTemplate): boolean =>
  listReferences(template).some((reference) => toPath(reference)[0] === OBJECT_SOURCE);

/** All references in a template, at any depth. */
export function listReferences(template: JsonValue): string[] {
  if (isReference(template)) return [template];
  return typeof template === 'object' && template !== null ? Object.values(template).flatMap(listReferences) : [];
}

/** The claims of a user. A value that the user does not have is left out, also inside objects and lists. */
export const resolveClaims = (template: ClaimTemplate, subject: ClaimSubject): JsonObject =>
  resolveObject(template, subject);

const resolveObject = (template: JsonObject, subject: ClaimSubject): JsonObject =>
  Object.fromEntries(
    Object.entries(template).flatMap(([name, value]) => {
      const resolved = resolve(value, subject);
      return resolved === undefined ? [] : [[name, resolved] as const];
    }),
  );

function resolve(template: JsonValue, subject: ClaimSubject): JsonValue | undefined {
  if (isReference(template)) return read(template, subject);
  if (Array.isArray(template))
    return template.map((item) => resolve(item, subject)).filter((item) => item !== undefined);
  return isJsonObject(template) ? resolveObject(template, subject) : template;
}

function read(reference: string, subject: ClaimSubject): JsonValue | undefined {
  const [name = '', ...path] = toPath(reference);
  let value: JsonValue | undefined = (SOURCES[name] ?? PRESET_SOURCES[name])?.(subject);
  for (const step of path) value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value ?? undefined;
}
