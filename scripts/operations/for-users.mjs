import { accessList } from '../../dist/http/access.js';
import { buildApiSchema } from '../../dist/http/schema.js';

/** Of no use to the user of an app. */
const OTHERS = ['health', 'verifyToken', 'node'];

const access = accessList(buildApiSchema());

/** Who may call a root field, such as `PUBLIC`. @param operation `query` or `mutation` */
export const accessTo = (operation, field) => access.get(`${operation} ${field}`);

/** Whether apps call the root field for their users. Administration is left out. */
export const isForUsers = (operation, field) =>
  ['PUBLIC', 'SIGNED_IN'].includes(accessTo(operation, field)) && !OTHERS.includes(field);
