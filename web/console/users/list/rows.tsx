import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useIsNarrow } from '../../../shared/media.ts';
import { Facts } from '../../parts/facts.tsx';
import { CELLS, isEmptyCell } from './cells.tsx';
import type { ColumnName } from './columns.ts';
import type { UserTable } from './user-table.ts';
import { useUserListWords } from './words.ts';
import './rows.css';

interface RowsProps {
  readonly table: UserTable;
  /** The rows of the page before are still shown. */
  readonly isOld: boolean;
}

/** The users: a table, or cards where it would be too wide. */
export const Rows = (props: RowsProps) => (useIsNarrow() ? <Cards {...props} /> : <Table {...props} />);

const visibleColumns = (table: UserTable) =>
  table
    .getHeaderGroups()
    .flatMap(({ headers }) => headers.map(({ column }) => ({ column, name: column.id as ColumnName }))); // IDs are names.

const ARROWS = { asc: ArrowUp, desc: ArrowDown };

function Table({ table, isOld }: RowsProps) {
  const words = useUserListWords();
  const columns = visibleColumns(table);
  return (
    <div className="table-frame">
      <table className="table" aria-label={words.title} aria-busy={isOld}>
        <thead>
          <tr>
            {columns.map(({ column, name }) => {
              const sorted = column.getIsSorted();
              const Arrow = sorted ? ARROWS[sorted] : ArrowUpDown;
              return (
                <th
                  key={name}
                  scope="col"
                  aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  {column.getCanSort() ? (
                    <button type="button" onClick={column.getToggleSortingHandler()}>
                      {words.columns[name]}
                      <Arrow size={15} aria-hidden />
                    </button>
                  ) : (
                    words.columns[name]
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map(({ id, original }) => (
            <tr key={id}>
              {columns.map(({ name }) => {
                const Cell = CELLS[name];
                return (
                  <td key={name}>
                    <Cell user={original} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ table, isOld }: RowsProps) {
  const words = useUserListWords();
  const [first, ...others] = visibleColumns(table).map(({ name }) => name);
  const First = CELLS[first ?? 'user'];
  return (
    <ul className="cards" aria-label={words.title} aria-busy={isOld}>
      {table.getRowModel().rows.map(({ id, original }) => (
        <li key={id} className="card">
          <First user={original} />
          <Facts
            look="rows"
            of={Object.fromEntries(
              others
                .filter((name) => !isEmptyCell(name, original))
                .map((name) => {
                  const Cell = CELLS[name];
                  return [words.columns[name], <Cell key={name} user={original} />];
                }),
            )}
          />
        </li>
      ))}
    </ul>
  );
}
