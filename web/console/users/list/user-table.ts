import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { ListedUserFragment, UserOrder } from '../../../generated/documents.ts';
import type { Filters } from '../../parts/use-filters.ts';
import { COLUMNS, type ColumnName, HIDDEN, ORDER_FIELDS } from './columns.ts';
import { readOrder } from './user-filters.ts';

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });
const helper = createColumnHelper<typeof features, ListedUserFragment>();
const NO_USERS: readonly ListedUserFragment[] = [];

const columns = helper.columns(
  COLUMNS.map((name) =>
    // Only columns with a value can be sorted. The service does it.
    helper.accessor('id', {
      id: name,
      enableSorting: name in ORDER_FIELDS,
      enableHiding: name !== 'user',
      sortDescFirst: name !== 'user',
    }),
  ),
);

export type UserTable = ReturnType<typeof useUserTable>;

/** The table: which columns are shown, and by which one it is sorted. The service sorts and pages. */
export function useUserTable(users: readonly ListedUserFragment[] = NO_USERS, filters: Filters) {
  const order = readOrder(filters);
  const [columnVisibility, setColumnVisibility] = useState(readVisibility);
  const sorting = useMemo(() => sortingOf(order), [order]);
  return useTable({
    features,
    columns,
    data: users,
    getRowId: ({ id }) => id,
    state: { columnVisibility, sorting },
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update;
      if (next) filters.set({ order: `${ORDER_FIELDS[next.id as ColumnName]}_${next.desc ? 'DESC' : 'ASC'}` });
    },
    onColumnVisibilityChange: (update) => {
      const next = typeof update === 'function' ? update(columnVisibility) : update;
      keepVisibility(next);
      setColumnVisibility(next);
    },
  });
}

function sortingOf(order: UserOrder) {
  const id = COLUMNS.find((name) => ORDER_FIELDS[name] && order.startsWith(ORDER_FIELDS[name]));
  return id ? [{ id, desc: order.endsWith('DESC') }] : [];
}

const KEY = 'latchkey:user-columns';
type Visibility = Record<string, boolean>;

function readVisibility(): Visibility {
  const standard = Object.fromEntries(HIDDEN.map((name) => [name, false]));
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...standard, ...(kept as Visibility) }; // Written below.
  } catch {
    return standard;
  }
}

function keepVisibility(visibility: Visibility): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(visibility));
  } catch {
    // It holds for this page.
  }
}
