import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { ConsoleUsersQuery } from '../../../generated/documents.ts';
import { Button } from '../../../shared/ui/button.tsx';
import type { ListState } from './list-state.ts';
import { useListWords } from './words.ts';

interface PagerProps {
  readonly list: ListState;
  readonly page: ConsoleUsersQuery['users']['pageInfo'];
}

/** To the pages beside this one. A button without a page stays, so that it keeps the focus. */
export function Pager({ list, page: { hasNextPage, hasPreviousPage, startCursor, endCursor } }: PagerProps) {
  const words = useListWords();
  if (list.isFirstPage && !hasNextPage) return null;
  return (
    <nav className="pager" aria-label={words.pages}>
      {!list.isFirstPage && (
        <Button look="quiet" onClick={() => list.goTo({})}>
          {words.first}
        </Button>
      )}
      <Button
        aria-disabled={!hasPreviousPage}
        onClick={() => hasPreviousPage && list.goTo({ before: startCursor ?? null })}
      >
        <ArrowLeft size={18} aria-hidden />
        {words.previous}
      </Button>
      <Button aria-disabled={!hasNextPage} onClick={() => hasNextPage && list.goTo({ after: endCursor ?? null })}>
        {words.next}
        <ArrowRight size={18} aria-hidden />
      </Button>
    </nav>
  );
}
