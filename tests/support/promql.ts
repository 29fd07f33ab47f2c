import { parser } from '@prometheus-io/lezer-promql';

/** The names of the metrics in a query. Throws if it is no valid PromQL. */
export function listMetrics(query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({
    enter({ type, name, from, to }) {
      if (type.isError) throw new Error(`not PromQL at ${from}: ${query}`);
      if (name === 'Identifier') names.push(query.slice(from, to));
    },
  });
  return names;
}
