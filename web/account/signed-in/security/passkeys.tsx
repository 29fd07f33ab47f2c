import type { AddPasskeyResult, PasskeyFieldsFragment } from '@latchkey/client';
import { type Action, type Actions, useAction } from '@latchkey/client/react';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../../../shared/format.ts';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { useFirstText } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { fill } from '../../../shared/words.ts';
import { useRefresh } from '../queries.ts';
import { RemovePasskey, RenamePasskey } from './passkey-dialogs.tsx';
import { useSecurityWords } from './words.ts';

interface PasskeysProps {
  readonly passkeys: readonly PasskeyFieldsFragment[];
  /** By the server. */
  readonly isOffered: boolean;
}

export function Passkeys({ passkeys, isOffered }: PasskeysProps) {
  const words = useSecurityWords();
  const refresh = useRefresh();
  const adding = useAction('addPasskey');
  const problem = useAddingProblem(adding);

  async function add() {
    const result = await adding.run();
    if (result?.__typename !== 'PasskeySaved') return;
    refresh();
    announce(words.passkeyAdded);
  }
  return (
    <Card title={words.passkeys}>
      <p>{words.passkeysHint}</p>
      {passkeys.length > 0 ? (
        <ul className="rows">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} isOnly={passkeys.length === 1} />
          ))}
        </ul>
      ) : (
        <p className="quiet-text">{words.noPasskeys}</p>
      )}
      {problem && <Notice look="bad">{problem}</Notice>}
      {isOffered && (
        <Button aria-disabled={adding.isPending} onClick={() => adding.isPending || void add()}>
          <KeyRound aria-hidden size={18} />
          {words.addPasskey}
        </Button>
      )}
      <Reauthenticate of={adding} />
    </Card>
  );
}

/** Why no passkey was added: some reasons are the browser's. */
function useAddingProblem({ errors, result }: Action<Actions['addPasskey']>): string | undefined {
  const words = useSecurityWords();
  const text = useFirstText(errors);
  const reasons: Partial<Record<AddPasskeyResult['__typename'], string>> = {
    PasskeyCancelled: words.passkeyCancelled,
    PasskeyExists: words.passkeyExists,
    PasskeyUnsupported: words.passkeyUnsupported,
  };
  return text ?? (result && reasons[result.__typename]);
}

function PasskeyRow({ passkey, isOnly }: { readonly passkey: PasskeyFieldsFragment; readonly isOnly: boolean }) {
  const words = useSecurityWords();
  const format = useFormat();
  const [open, setOpen] = useState<'rename' | 'remove'>();
  const close = () => setOpen(undefined);
  const { name, isSynced, createdAt, lastUsedAt } = passkey;
  const used = lastUsedAt ? fill(words.lastUsed, { time: format.ago(lastUsedAt) }) : words.neverUsed;
  return (
    <li>
      <div>
        <p className="value">{name}</p>
        <p className="quiet-text">
          {fill(words.added, { time: format.date(createdAt) })}, {used}
        </p>
        {(isSynced || isOnly) && <p className="quiet-text">{isSynced ? words.synced : words.onOneDevice}</p>}
      </div>
      <div className="row-actions">
        <Button subject={name} onClick={() => setOpen('rename')}>
          {words.rename}
        </Button>
        <Button subject={name} onClick={() => setOpen('remove')}>
          {words.remove}
        </Button>
      </div>
      {open === 'rename' && <RenamePasskey passkey={passkey} onClose={close} />}
      {open === 'remove' && <RemovePasskey passkey={passkey} onClose={close} />}
    </li>
  );
}
