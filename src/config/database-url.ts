import { z } from 'zod';
import { parsed } from '../core/settings/text.ts';
import { parsePostgresUrl } from './database-url/parse.ts';
import { isSchemaName } from './database-url/search-path.ts';
import { type PostgresUrl, UrlProblem } from './database-url/target.ts';

export type { PostgresHost, PostgresTarget, TlsSettings } from './database-url/target.ts';

/** DATABASE_URL. Its files, such as sslrootcert, are read at once, so that the start reports what is wrong with them. */
export const postgresUrl = z.string().transform((text, context): PostgresUrl => {
  try {
    return parsePostgresUrl(text);
  } catch (error) {
    if (!(error instanceof UrlProblem)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

/** Without credentials and parameters. From what was read: in an unusual URL, they can be anywhere. */
export const showPostgres = ({ target: { hosts, database = '' } }: PostgresUrl): string => {
  const shown = hosts.map(({ name, port }) => `${name.includes(':') ? `[${name}]` : name}:${port}`);
  return `postgres://${shown.join()}/${database}`;
};

/** DATABASE_SCHEMA, exactly as it is written. */
export const schemaName = parsed('be the name of a schema, of at most 63 bytes, not pg_…', (text) =>
  isSchemaName(text) ? text : undefined,
);
