import { ConsoleHealthDocument, ConsoleStatisticsDocument } from '../../generated/documents.ts';
import { useFormat } from '../../shared/format.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { useWhileInUse } from '../../shared/use-while-in-use.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { useData } from '../shell/data.ts';
import { useShellWords } from '../shell/words.ts';
import { Charts } from './charts.tsx';
import { Health } from './health.tsx';
import { useOverviewWords } from './words.ts';
import './overview.css';

/** Milliseconds. */
const REFRESH_EVERY = 60_000;

/** How the service is, and the last day. */
export default function OverviewPage() {
  const words = useOverviewWords();
  const { pages } = useShellWords();
  const format = useFormat();
  const health = useData(ConsoleHealthDocument, {});
  const statistics = useData(ConsoleStatisticsDocument, {});
  useWhileInUse(() => Promise.all([health.refetch(), statistics.refetch()]), REFRESH_EVERY);
  const { dataUpdatedAt } = statistics;

  return (
    <>
      <PageHeader title={pages.overview}>
        {dataUpdatedAt > 0 && (
          <p className="quiet-text">
            {words.refreshed.replace('{time}', () => format.clock(new Date(dataUpdatedAt).toISOString()))}
          </p>
        )}
      </PageHeader>
      {/* What was known before says nothing about now. */}
      <Loaded of={{ ...health, data: health.error ? undefined : health.data }}>
        {({ health }) => <Health {...health} />}
      </Loaded>
      <Loaded of={statistics}>{({ statistics }) => <Charts {...statistics} />}</Loaded>
    </>
  );
}
