import { useAction } from '@latchkey/client/react';
import { useState } from 'react';
import { useLocale } from '../../../shared/locale.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { plural } from '../../../shared/words.ts';
import { useRefresh } from '../queries.ts';
import { FactorRow } from './second-factor.tsx';
import { useSecurityWords } from './words.ts';

/** Few enough to think of new ones. */
const FEW = 3;

interface RecoveryCodesRowProps {
  readonly left: number;
  showCodes(codes: readonly string[]): void;
}

export function RecoveryCodesRow({ left, showCodes }: RecoveryCodesRowProps) {
  const words = useSecurityWords();
  const { locale } = useLocale();
  const refresh = useRefresh();
  const action = useAction('regenerateRecoveryCodes');
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    action.reset();
    setAsking(false);
  };

  async function renew() {
    const result = await action.run();
    if (result?.__typename !== 'SecondFactorChanged') return;
    refresh();
    setAsking(false);
    if (result.recoveryCodes) showCodes(result.recoveryCodes);
  }
  return (
    <FactorRow
      title={words.recoveryCodes}
      state={<p className={left > FEW ? 'state' : 'state bad'}>{plural(locale, left, words.codesLeft)}</p>}
      hint={words.recoveryCodesHint}
    >
      <Button onClick={() => setAsking(true)}>{words.newCodes}</Button>
      {isAsking && (
        <Confirm
          title={words.newCodesQuestion}
          description={<p>{words.newCodesHint}</p>}
          submit={words.newCodes}
          look="primary"
          action={action}
          onSubmit={() => void renew()}
          onClose={close}
        />
      )}
    </FactorRow>
  );
}
