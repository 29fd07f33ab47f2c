import { RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import type { Filters } from './use-filters.ts';
import { useListWords } from './words.ts';
import './filters.css';

interface ClearFiltersProps {
  readonly filters: Filters;
  /** What it removes. */
  readonly names: readonly string[];
}

export function ClearFilters({ filters, names }: ClearFiltersProps) {
  const words = useListWords();
  if (!filters.isAnySet(names)) return null;
  return (
    <Button look="quiet" onClick={() => filters.clear(names)}>
      <X aria-hidden size={18} />
      {words.clear}
    </Button>
  );
}

export interface FilterBarProps extends ClearFiltersProps {
  onRefresh(): void;
  readonly children: ReactNode;
}

/** The filters of a log. */
export function FilterBar({ filters, names, onRefresh, children }: FilterBarProps) {
  const words = useListWords();
  return (
    <search className="filters" aria-label={words.filters}>
      {children}
      <div className="filter-actions">
        <Button onClick={onRefresh}>
          <RotateCw aria-hidden size={18} />
          {words.refresh}
        </Button>
        <ClearFilters filters={filters} names={names} />
      </div>
    </search>
  );
}
