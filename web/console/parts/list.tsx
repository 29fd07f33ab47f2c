import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { type PageInfo, Pager } from './pager.tsx';
import type { Filters } from './use-filters.ts';
import './parts.css';

export interface ListProps<Data, Item> {
  readonly query: UseQueryResult<Data, Error>;
  readonly filters: Filters;
  select(data: Data): { readonly nodes: readonly Item[]; readonly pageInfo: PageInfo };
  readonly label: string;
  readonly empty: string;
  children(item: Item): ReactNode;
}

/** A page of a list. */
export function List<Data, Item>({ query, filters, select, label, empty, children }: ListProps<Data, Item>) {
  return <Loaded of={query}>{show}</Loaded>;

  function show(data: Data): ReactNode {
    const { nodes, pageInfo } = select(data);
    return (
      <>
        {nodes.length === 0 ? (
          <p className="list-empty card" role="status">
            {empty}
          </p>
        ) : (
          <ol className="list" aria-label={label} aria-busy={query.isPlaceholderData}>
            {nodes.map(children)}
          </ol>
        )}
        <Pager filters={filters} info={pageInfo} />
      </>
    );
  }
}
