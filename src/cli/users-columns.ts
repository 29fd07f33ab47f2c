import { MAPPED_FIELDS, type MappedField } from '../features/transfer/columns.ts';
import type { ColumnMap } from '../features/transfer/rows.ts';
import { EXIT, Stop } from './exit.ts';

/** The columns of --map. Throws Stop if a field does not exist. */
export function readColumns({ map = {} }: { map?: Record<string, string> }): ColumnMap {
  const isField = (name: string): name is MappedField => (MAPPED_FIELDS as readonly string[]).includes(name);
  const unknown = Object.keys(map).find((name) => !isField(name));
  if (unknown !== undefined)
    throw new Stop(EXIT.usage, `unknown field ${unknown}; the fields are ${MAPPED_FIELDS.join(', ')}`);
  return map;
}
