import { useSession } from '@latchkey/client/react';
import { useState } from 'react';
import { useFormat } from '../../../shared/format.ts';
import { Badge } from '../../../shared/ui/badge.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { EndSession } from './end-session.tsx';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

interface DevicesProps {
  readonly user: ConsoleUser;
  readonly isAdmin: boolean;
}

/** Where the user is signed in. An administrator can end each session except that of the console itself. */
export function Devices({ user, isAdmin }: DevicesProps) {
  const words = useUserWords();
  const format = useFormat();
  const own = useSession();
  const isOwn = (id: string) => own.status === 'signedIn' && own.sessionId === id;
  const [chosen, choose] = useState<ConsoleUser['sessions'][number]>();
  return (
    <Card title={words.cards.devices}>
      {user.sessions.length === 0 ? (
        <p className="quiet-text">{words.noDevices}</p>
      ) : (
        <ul className="plain-list">
          {user.sessions.map((session) => (
            <li key={session.id} className="device">
              <div>
                <span className="break">{session.device}</span>{' '}
                {session.isImpersonation && <Badge>{words.impersonation}</Badge>}
                {isOwn(session.id) && <Badge look="good">{words.device.own}</Badge>}
                <span className="quiet-text line">
                  {session.ipAddress && `${session.ipAddress}, `}
                  {words.lastUsed.replace('{time}', () => format.ago(session.lastUsedAt))}
                </span>
              </div>
              {isAdmin && !isOwn(session.id) && (
                <Button look="quiet" subject={session.device} onClick={() => choose(session)}>
                  {words.device.button}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen && <EndSession user={user} session={chosen} onClose={() => choose(undefined)} />}
    </Card>
  );
}
