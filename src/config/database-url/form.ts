import { FORMAT } from './authority.ts';
import { UrlProblem } from './target.ts';

/** Why a text does not begin like a URL of PostgreSQL. */
export function describeOtherForm(text: string): string {
  if (/^["'`]/.test(text)) return `${FORMAT}, without quotes`;
  if (/^psql\s/.test(text)) return 'must be only the URL, without psql and quotes';
  if (/^[A-Z_]+=/.test(text)) return 'must be only the URL, without DATABASE_URL= before it';
  if (/^prisma/.test(text))
    return 'names Prisma Accelerate, which does not speak the protocol of PostgreSQL: use the direct URL of the database';
  if (/^(?:postgres(?:ql)?\+\w+|postgis|pgsql|psycopg2?|cockroachdb|timescale):\/\//i.test(text))
    return 'must begin with postgres:// in place of the name of another driver';
  return FORMAT;
}

/** <host>, ${DB_HOST}, $DB_HOST, {{user}}, [YOUR-PASSWORD]: of an example, or a variable that was not replaced. */
const PLACEHOLDER = /^(?:<[^<>]+>|\$?\{.+\}|\$[A-Z][A-Z_]+|\[[A-Z][A-Z _-]{3,}\])$/;

/** Throws UrlProblem if a value still has to be filled in. */
export function checkFilled(part: string, value: string | undefined): void {
  if (value !== undefined && PLACEHOLDER.test(value))
    throw new UrlProblem(`has a placeholder as ${part}: write the value in its place`);
}
