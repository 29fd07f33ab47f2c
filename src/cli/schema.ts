import { printSubgraphOf } from '../http/federation/subgraph.ts';
import { buildApiSchema, printApiSchema } from '../http/schema.ts';

/** @param federation prints the subgraph: with a prefix, or true for none */
export async function runSchema({ federation }: { federation?: string | true }): Promise<void> {
  const text = federation ? printSubgraphOf(buildApiSchema(), federation === true ? '' : federation) : printApiSchema();
  process.stdout.write(text);
}
