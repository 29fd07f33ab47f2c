import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { quoteIdentifier } from '../identifier.ts';

/** At the same relative path from src and from dist. */
const FOLDER = fileURLToPath(new URL('../../../../drizzle', import.meta.url));

/** A file of drizzle/. */
export interface Migration {
  /** Such as 0003_administration. */
  name: string;
  /** Its key in the table `migrations`, which is that of drizzle-kit. Milliseconds. */
  createdAt: number;
  /** SHA-256 of the file, in hexadecimal. */
  hash: string;
  /** Without semicolons. The schema is named in foreign keys only, as "public". */
  statements: readonly string[];
}

/** @param sql the content of the file */
export const readMigration = (name: string, createdAt: number, sql: string): Migration => ({
  name,
  createdAt,
  hash: createHash('sha256').update(sql).digest('hex'),
  statements: sql.split('--> statement-breakpoint').map((statement) => statement.trim().replace(/;$/, '')),
});

let all: readonly Migration[] | undefined;

/** All migrations of this version, oldest first. */
export function listMigrations(): readonly Migration[] {
  all ??= readMigrations(FOLDER);
  return all;
}

/** The migrations of a folder that drizzle-kit has written, oldest first. */
export function readMigrations(folder: string): Migration[] {
  const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
    readFileSync(`${folder}/meta/_journal.json`, 'utf8'),
  );
  return journal.entries.map(({ tag, when }) => readMigration(tag, when, readFileSync(`${folder}/${tag}.sql`, 'utf8')));
}

/** The statement without the comments that explain it. */
export const withoutComments = (statement: string): string => statement.replace(/^(?:--.*\n|\s)+/, '');

/** The statement for tables in the schema. */
export const inSchema = (statement: string, schema: string): string =>
  statement.replaceAll('"public".', () => `${quoteIdentifier(schema)}.`);
