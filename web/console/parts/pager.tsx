import { ArrowLeft, ArrowRight } from 'lucide-react';
import { Button } from '../../shared/ui/button.tsx';
import type { Changes, Filters } from './use-filters.ts';
import { useListWords } from './words.ts';
import './pager.css';

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor?: string | null;
  readonly endCursor?: string | null;
}

/** The arguments of a list for the page of the address. @param size rows on a page */
export function pageOf({ get }: Filters, size = 25) {
  const before = get('before') ?? null;
  return before
    ? { first: null, last: size, before, after: null }
    : { first: size, last: null, before, after: get('after') ?? null };
}

export const isFirstPage = ({ get }: Filters): boolean => !get('after') && !get('before');

/** To the pages beside this one. A button without a page stays, so that it keeps the focus. */
export function Pager({ filters, info }: { readonly filters: Filters; readonly info: PageInfo }) {
  const words = useListWords();
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = info;
  const isFirst = isFirstPage(filters);
  if (isFirst && !hasNextPage) return null;

  const leadTo = (place: Changes | false) => ({
    'aria-disabled': !place,
    onClick: () => place && filters.set(place),
  });
  return (
    <nav className="pager" aria-label={words.pages}>
      <Button look="quiet" {...leadTo(!isFirst && {})}>
        {words.first}
      </Button>
      <Button {...leadTo(hasPreviousPage && { before: startCursor ?? undefined })}>
        <ArrowLeft size={18} aria-hidden />
        {words.previous}
      </Button>
      <Button {...leadTo(hasNextPage && { after: endCursor ?? undefined })}>
        {words.next}
        <ArrowRight size={18} aria-hidden />
      </Button>
    </nav>
  );
}
