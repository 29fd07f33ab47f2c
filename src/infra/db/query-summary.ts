import { LRUCache } from 'lru-cache';

/** Statements whose summary is remembered. The service has a few hundred; lists of different lengths are different ones. */
const MOST_REMEMBERED = 1_000;
/** Characters, as OpenTelemetry recommends. */
const LONGEST = 255;

const summaries = new LRUCache<string, string>({ max: MOST_REMEMBERED });

/**
 * What a statement does with which tables, such as `UPDATE sessions INSERT revocations`. Without values, columns and
 * conditions.
 * @param text with placeholders for all values
 */
export function summarizeQuery(text: string): string {
  const known = summaries.get(text);
  if (known !== undefined) return known;
  const summary = summarize(text);
  summaries.set(text, summary);
  return summary;
}

/** A verb with its table, or a table that is read. */
const STEP = /\b(insert\s+into|delete\s+from|update|from|join)\s+(?:only\s+|lateral\s+)?(?:"\w+"\.)?"(\w+)"/gi;
const VERBS: Record<string, string> = { insert: 'INSERT', delete: 'DELETE', update: 'UPDATE' };

function summarize(text: string): string {
  const steps = [...text.matchAll(STEP)].map(
    ([, words = '', table = '']) => `${VERBS[words.split(/\s/)[0]?.toLowerCase() ?? ''] ?? 'SELECT'} ${table}`,
  );
  const [first = 'SQL'] = text.trim().split(/\W/, 1);
  return [...new Set(steps)].join(' ').slice(0, LONGEST) || first.toUpperCase().slice(0, LONGEST);
}
