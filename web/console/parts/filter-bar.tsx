import { RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import type { Filters } from './use-filters.ts';
import { useListWords } from './words.ts';

export interface FilterBarProps {
  readonly filters: Filters;
  /** What `Clear filters` removes. */
  readonly names: readonly string[];
  onRefresh(): void;
  readonly children: ReactNode;
}

/** The filters of a list. */
export function FilterBar({ filters, names, onRefresh, children }: FilterBarProps) {
  const words = useListWords();
  const isFiltered = names.some((name) => filters.get(name) !== undefined);
  return (
    <search className="log-filters" aria-label={words.filters}>
      {children}
      <div className="filter-actions">
        <Button onClick={onRefresh}>
          <RotateCw aria-hidden size={18} />
          {words.refresh}
        </Button>
        {isFiltered && (
          <Button look="quiet" onClick={() => filters.set(Object.fromEntries(names.map((name) => [name, undefined])))}>
            <X aria-hidden size={18} />
            {words.clear}
          </Button>
        )}
      </div>
    </search>
  );
}
