import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Link } from 'wouter';
import type { Filters } from './use-filters.ts';
import { useListWords } from './words.ts';

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor?: string | null;
  readonly endCursor?: string | null;
}

/** Rows of a page. */
const SIZE = 25;

/** The arguments of a list, newest first, for the page of the address. */
export function pageOf({ get }: Filters) {
  const before = get('before');
  return before
    ? { first: null, last: SIZE, before, after: null }
    : { first: SIZE, last: null, before: null, after: get('after') ?? null };
}

/** Links to the pages beside this one. */
export function Pager({ filters, info }: { readonly filters: Filters; readonly info: PageInfo }) {
  const words = useListWords();
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = info;
  const newer = hasPreviousPage && startCursor ? filters.href({ before: startCursor, after: undefined }) : undefined;
  const older = hasNextPage && endCursor ? filters.href({ after: endCursor, before: undefined }) : undefined;
  if (!newer && !older) return null;
  return (
    <nav className="log-pager" aria-label={words.pages}>
      {newer && (
        <Link className="button" href={newer}>
          <ChevronLeft aria-hidden size={18} />
          {words.newer}
        </Link>
      )}
      {older && (
        <Link className="button older" href={older}>
          {words.older}
          <ChevronRight aria-hidden size={18} />
        </Link>
      )}
    </nav>
  );
}
