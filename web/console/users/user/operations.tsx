import { useState } from 'react';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { useViewer } from '../../shell/viewer.ts';
import { Impersonation, type ImpersonationToken } from './impersonation.tsx';
import { OperationDialog } from './operation-dialog.tsx';
import type { ConsoleUser } from './page.tsx';
import type { OperationName } from './words/en.ts';
import { useUserWords } from './words.ts';

/** Which operations make sense for the user. The server decides what is allowed. */
function listOperations({ isActive, roles, email }: ConsoleUser): OperationName[] {
  return [
    ...(isActive && email ? (['sendReset'] as const) : []),
    'endSessions',
    'resetFactors',
    ...(isActive && roles.length === 0 ? (['impersonate'] as const) : []),
    isActive ? 'deactivate' : 'activate',
    'delete',
  ];
}

/** What cannot be done by editing, each confirmed with its consequences. */
export function Operations({ user }: { readonly user: ConsoleUser }) {
  const words = useUserWords();
  const viewer = useViewer();
  const [chosen, choose] = useState<OperationName>();
  const [token, setToken] = useState<ImpersonationToken>();
  return (
    <Card title={words.cards.operations}>
      {viewer.id === user.id && <p className="quiet-text">{words.ownAccount}</p>}
      <div className="operations">
        {listOperations(user).map((name) => (
          <Button
            // One button, which keeps the focus.
            key={name === 'activate' ? 'deactivate' : name}
            look={name === 'delete' || name === 'deactivate' ? 'danger' : 'plain'}
            onClick={() => choose(name)}
          >
            {words.operations[name].button}
          </Button>
        ))}
      </div>
      {chosen && (
        <OperationDialog
          key={chosen}
          name={chosen}
          user={user}
          onImpersonation={setToken}
          onClose={() => choose(undefined)}
        />
      )}
      {token && <Impersonation userId={user.id} token={token} onClose={() => setToken(undefined)} />}
    </Card>
  );
}
