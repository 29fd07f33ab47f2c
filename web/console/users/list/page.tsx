import { LatchkeyError } from '@latchkey/client';
import { SlidersHorizontal, UserPlus } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { Link } from 'wouter';
import { ConsoleUserCountDocument, ConsoleUsersDocument } from '../../../generated/documents.ts';
import { useLocale } from '../../../shared/locale.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Loaded } from '../../../shared/ui/loaded.tsx';
import { PageTitle } from '../../../shared/ui/page-title.tsx';
import { plural } from '../../../shared/words.ts';
import { useData } from '../../shell/data.ts';
import { useIsAdmin } from '../../shell/viewer.ts';
import { COLUMNS } from './columns.ts';
import { DebouncedField } from './debounced-field.tsx';
import { ExportButton } from './export-button.tsx';
import { Filters } from './filters.tsx';
import { type ListState, useListState } from './list-state.ts';
import { Pager } from './pager.tsx';
import { Rows } from './rows.tsx';
import { useUserTable } from './user-table.ts';
import { useListWords } from './words.ts';
import './list.css';

/** All users: search, filters, order, pages, and a file of them. */
export default function Page() {
  const words = useListWords();
  const isAdmin = useIsAdmin();
  const list = useListState();
  const found = useData(ConsoleUsersDocument, list.variables, { keepsPrevious: true });
  const counted = useData(ConsoleUserCountDocument, { filter: list.filter }, { keepsPrevious: true });
  const table = useUserTable(found.data?.users.nodes, list);
  const [isOpen, setOpen] = useState(list.filterCount > 0);
  const panel = useId();
  useTop(list);
  useKnownPlace(list, found.error);
  return (
    <>
      <header className="page-header">
        <PageTitle>{words.title}</PageTitle>
        {isAdmin && (
          <Link className="button primary" href="/console/users/new">
            <UserPlus size={18} aria-hidden />
            {words.invite}
          </Link>
        )}
      </header>
      <search className="toolbar">
        <DebouncedField
          type="search"
          label={words.search}
          placeholder={words.searchHint}
          value={list.params.get('q') ?? ''}
          onValue={(value) => list.set('q', value)}
        />
        <Button aria-expanded={isOpen} aria-controls={panel} onClick={() => setOpen(!isOpen)}>
          <SlidersHorizontal size={18} aria-hidden />
          {list.filterCount > 0 ? words.filtersSet.replace('#', String(list.filterCount)) : words.filters}
        </Button>
      </search>
      <div id={panel}>{isOpen && <Filters list={list} table={table} />}</div>
      <div className="summary">
        <Count of={counted.data?.users} />
        <ExportButton
          list={list}
          columns={COLUMNS.filter((name) => table.getColumn(name)?.getIsVisible())}
          all={counted.data?.users.totalCount}
        />
      </div>
      <Loaded of={found}>
        {({ users }) => (
          <>
            {users.nodes.length > 0 ? (
              <Rows table={table} isOld={found.isPlaceholderData} />
            ) : (
              <p className="empty">{list.isFirstPage ? words.empty : words.emptyPage}</p>
            )}
            <Pager list={list} page={users.pageInfo} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Count({ of }: { readonly of: { totalCount: number; totalCountIsEstimate: boolean } | undefined }) {
  const words = useListWords();
  const { locale } = useLocale();
  const text = of && plural(locale, of.totalCount, words.count);
  return (
    <p className="quiet-text" role="status">
      {text && (of.totalCountIsEstimate ? words.about.replace('{count}', text) : text)}
    </p>
  );
}

/** Another page of the list begins at the top. */
function useTop({ variables: { after, before } }: ListState): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs for each page
  useEffect(() => void window.scrollTo(0, 0), [after, before]);
}

/** A link can have a cursor that the service does not know. */
function useKnownPlace({ isFirstPage, startAgain }: ListState, error: Error | null): void {
  const isUnknown = !isFirstPage && error instanceof LatchkeyError && error.code === 'BAD_USER_INPUT';
  useEffect(() => {
    if (isUnknown) startAgain();
  }, [isUnknown, startAgain]);
}
