/** Evaluated once, and stored for the rows that exist. Any other default may differ from row to row. */
const CONSTANT =
  /^(?:-?[\d.]+|'(?:[^']|'')*'(?:::[\w\s[\]]+)?|true|false|null|now\(\)(?: [+-] interval '[\w ]+')?|current_timestamp)$/i;

/** Why `alter table … add column …` would block the service, or break its previous version. */
export function columnProblem(statement: string): string | undefined {
  const bare = statement.replace(/'(?:[^']|'')*'/g, "''");
  if (/\b(?:primary key|unique|references|check|generated|(?:small|big)?serial)\b/i.test(bare))
    return 'it reads or rewrites the table while writes wait: add the column alone, then the rest';
  const isRequired = /\bnot null\b/i.test(bare);
  const [, value] = /\bdefault\s+([\s\S]+?)(?:\s+not null)?$/i.exec(statement) ?? [];
  if (value !== undefined && !CONSTANT.test(value.trim()))
    return 'its default may differ from row to row, so it rewrites the table: fill the column in batches';
  if (isRequired && value === undefined) return 'the previous version does not write it: give it a default';
  return undefined;
}
