import { SlidersHorizontal, UserPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { ConsoleUserCountDocument, ConsoleUsersDocument } from '../../../generated/documents.ts';
import { useLocale } from '../../../shared/locale.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { plural } from '../../../shared/words.ts';
import { List } from '../../parts/list.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { pageOf } from '../../parts/pager.tsx';
import { TextFilter } from '../../parts/text-filter.tsx';
import { type Filters, useFilters } from '../../parts/use-filters.ts';
import { useListWords } from '../../parts/words.ts';
import { useData } from '../../shell/data.ts';
import { useIsAdmin } from '../../shell/viewer.ts';
import { COLUMNS } from './columns.ts';
import { ExportButton } from './export-button.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { Rows } from './rows.tsx';
import { readOrder, readUserFilter } from './user-filters.ts';
import { type UserTable, useUserTable } from './user-table.ts';
import { useUserListWords } from './words.ts';
import './list.css';

/** Users on a page of the list. */
const PAGE_SIZE = 50;

/** All users: search, filters, order, pages, and a file of them. */
export default function Page() {
  const words = useUserListWords();
  const isAdmin = useIsAdmin();
  const filters = useFilters();
  const variables = { filter: readUserFilter(filters), orderBy: readOrder(filters) };
  const found = useData(ConsoleUsersDocument, { ...pageOf(filters, PAGE_SIZE), ...variables }, { keepsPrevious: true });
  const counted = useData(ConsoleUserCountDocument, { filter: variables.filter }, { keepsPrevious: true });
  const table = useUserTable(found.data?.users.nodes, filters);
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          isAdmin && (
            <Link className="button primary" href="/console/users/new">
              <UserPlus size={18} aria-hidden />
              {words.invite}
            </Link>
          )
        }
      />
      <Search filters={filters} table={table} />
      <div className="summary">
        <Count of={counted.data?.users} />
        <ExportButton
          columns={COLUMNS.filter((name) => table.getColumn(name)?.getIsVisible())}
          variables={variables}
          all={counted.data?.users.totalCount}
        />
      </div>
      <List query={found} filters={filters} select={({ users }) => users} empty={words.empty}>
        {() => <Rows table={table} isOld={found.isPlaceholderData} />}
      </List>
    </>
  );
}

function Search({ filters, table }: { readonly filters: Filters; readonly table: UserTable }) {
  const words = useUserListWords();
  const listWords = useListWords();
  const set = Object.entries(readUserFilter(filters)).filter(([name, value]) => name !== 'search' && value !== null);
  const [isOpen, setOpen] = useState(set.length > 0);
  const panel = useId();
  return (
    <>
      <search className="toolbar">
        <TextFilter
          type="search"
          label={words.search}
          placeholder={words.searchHint}
          value={filters.get('q') ?? ''}
          isLive
          onChange={(q) => filters.set({ q }, { isStep: false })}
        />
        <Button aria-expanded={isOpen} aria-controls={panel} onClick={() => setOpen(!isOpen)}>
          <SlidersHorizontal size={18} aria-hidden />
          {set.length > 0 ? `${listWords.filters} (${set.length})` : listWords.filters}
        </Button>
      </search>
      <div id={panel}>{isOpen && <FilterPanel filters={filters} table={table} />}</div>
    </>
  );
}

function Count({ of }: { readonly of: { totalCount: number; totalCountIsEstimate: boolean } | undefined }) {
  const words = useUserListWords();
  const { locale } = useLocale();
  const text = of && plural(locale, of.totalCount, words.count);
  return (
    <p className="quiet-text" role="status">
      {text && (of.totalCountIsEstimate ? words.about.replace('{count}', text) : text)}
    </p>
  );
}
