import { FieldProblem } from '../../core/problems.ts';

/** One value of the scope claim (RFC 6749 section 3.3): visible ASCII without quotes and backslashes. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
/** Characters. */
export const PERMISSION_MAX_LENGTH = 100;
export const MAX_PERMISSIONS = 100;
/** Bytes of all permissions together with a space between them: they are in each access token. */
export const PERMISSIONS_MAX_BYTES = 2048;

const PATH = 'permissions';

export const isPermission = (text: string): boolean => text.length <= PERMISSION_MAX_LENGTH && SCOPE_TOKEN.test(text);

/** Sorted, without duplicates. */
export function parsePermissions(list: readonly string[]): string[] | FieldProblem {
  if (list.some((text) => text.length > PERMISSION_MAX_LENGTH))
    return new FieldProblem(PATH, 'TOO_LONG', 'text-too-long', PERMISSION_MAX_LENGTH);
  if (!list.every(isPermission)) return new FieldProblem(PATH, 'INVALID_FORMAT', 'permission-format');
  const permissions = [...new Set(list)].sort();
  if (permissions.length > MAX_PERMISSIONS)
    return new FieldProblem(PATH, 'TOO_LONG', 'too-many-permissions', MAX_PERMISSIONS);
  if (toScope(permissions).length > PERMISSIONS_MAX_BYTES)
    return new FieldProblem(PATH, 'TOO_LONG', 'permissions-too-long', PERMISSIONS_MAX_BYTES);
  return permissions;
}

/** As the scope claim lists them. */
export const toScope = (permissions: readonly string[]): string => permissions.join(' ');
