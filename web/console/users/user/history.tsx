import { Link } from 'wouter';
import { ConsoleUserHistoryDocument } from '../../../generated/documents.ts';
import { kindName, methodName, outcomeName, useEventWords } from '../../../shared/events/words.ts';
import { useFormat } from '../../../shared/format.ts';
import { Card } from '../../../shared/ui/card.tsx';
import { Loaded } from '../../../shared/ui/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useData } from '../../shell/data.ts';
import { useUserWords } from './words.ts';

/** The latest events of the user, with a link to all. */
export function History({ userId }: { readonly userId: string }) {
  const words = useUserWords();
  const events = useEventWords();
  const format = useFormat();
  const found = useData(ConsoleUserHistoryDocument, { filter: { userId } });
  return (
    <Card title={words.cards.history}>
      <Loaded of={found}>
        {({ auditEvents: { nodes } }) =>
          nodes.length === 0 ? (
            <p className="quiet-text">{words.noHistory}</p>
          ) : (
            <ul className="plain-list">
              {nodes.map(({ id, at, kind, outcome, method, count }) => (
                <li key={id}>
                  {kindName(events, kind)}: {outcomeName(events, kind, outcome)}
                  {method && ` (${methodName(events, method)})`}
                  {count > 1 && ` × ${format.number(count)}`}
                  <span className="quiet-text line">
                    <Time at={at} as="time" />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <p>
        <Link href={`/console/activity?user=${userId}`}>{words.allHistory}</Link>
      </p>
    </Card>
  );
}
