import { CircleCheck, CircleX } from 'lucide-react';
import type { ConsoleHealthQuery } from '../../generated/documents.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import type { OverviewWords } from './words/en.ts';
import { useOverviewWords } from './words.ts';

type Report = ConsoleHealthQuery['health'];

/** Whether the service and what it depends on work. */
export function Health(report: Report) {
  const { health: words } = useOverviewWords();
  const problem = findProblem(report, words);
  const parts = [
    [words.service, report.status],
    [words.database, report.database],
    [words.store, report.store],
  ] as const;
  return (
    <section className="card" aria-label={words.title}>
      <dl className="health">
        {parts.map(([name, state]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={state === 'UP' ? 'good' : 'bad'}>
              {state === 'UP' ? <CircleCheck aria-hidden size={20} /> : <CircleX aria-hidden size={20} />}
              {state === 'UP' ? words.up : words.down}
            </dd>
          </div>
        ))}
        <div>
          <dt>{words.version}</dt>
          <dd>{report.version}</dd>
        </div>
      </dl>
      {problem && <Notice look="bad">{problem}</Notice>}
    </section>
  );
}

function findProblem({ status, database, store }: Report, words: OverviewWords['health']): string | undefined {
  if (database === 'DOWN') return words.databaseDown;
  if (status === 'DOWN') return words.serviceDown;
  return store === 'DOWN' ? words.storeDown : undefined;
}
