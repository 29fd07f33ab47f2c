import { LatchkeyError } from '@latchkey/client';
import { type ReactNode, useEffect } from 'react';
import { Loaded, type Query } from '../../shared/ui/loaded.tsx';
import { Empty } from './empty.tsx';
import { isFirstPage, type PageInfo, Pager } from './pager.tsx';
import type { Filters } from './use-filters.ts';
import { useListWords } from './words.ts';

export interface ListProps<Data, Item> {
  readonly query: Query<Data>;
  readonly filters: Filters;
  select(data: Data): { readonly nodes: readonly Item[]; readonly pageInfo: PageInfo };
  /** Shown if nothing is found. */
  readonly empty: string;
  children(items: readonly Item[]): ReactNode;
}

/** A page of a list, and the way to its other pages. */
export function List<Data, Item>({ query, filters, select, empty, children }: ListProps<Data, Item>) {
  const words = useListWords();
  useTop(filters);
  useKnownPage(filters, query.error);
  return <Loaded of={query}>{show}</Loaded>;

  function show(data: Data): ReactNode {
    const { nodes, pageInfo } = select(data);
    return (
      <>
        {nodes.length > 0 ? children(nodes) : <Empty>{isFirstPage(filters) ? empty : words.emptyPage}</Empty>}
        <Pager filters={filters} info={pageInfo} />
      </>
    );
  }
}

/** Another page begins at its top. */
function useTop({ get }: Filters): void {
  const [after, before] = [get('after'), get('before')];
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs for each page
  useEffect(() => void window.scrollTo(0, 0), [after, before]);
}

/** A link can have a cursor that the service does not know. The list starts again. */
function useKnownPage(filters: Filters, error: Error | null): void {
  const isUnknown = !isFirstPage(filters) && error instanceof LatchkeyError && error.code === 'BAD_USER_INPUT';
  useEffect(() => {
    if (isUnknown) filters.set({}, { isStep: false });
  }, [isUnknown, filters]);
}
