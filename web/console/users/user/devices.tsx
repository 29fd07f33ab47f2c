import { useFormat } from '../../../shared/format.ts';
import { Badge } from '../../../shared/ui/badge.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

export function Devices({ user: { sessions } }: { readonly user: ConsoleUser }) {
  const words = useUserWords();
  const format = useFormat();
  return (
    <Card title={words.cards.devices}>
      {sessions.length === 0 ? (
        <p className="quiet-text">{words.noDevices}</p>
      ) : (
        <ul className="plain-list">
          {sessions.map(({ id, device, ipAddress, lastUsedAt, isImpersonation }) => (
            <li key={id}>
              <bdi className="break">{device}</bdi> {isImpersonation && <Badge>{words.impersonation}</Badge>}
              <span className="quiet-text line">
                {ipAddress && `${ipAddress}, `}
                {words.lastUsed.replace('{time}', () => format.ago(lastUsedAt))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
