import { useAction } from '@latchkey/client/react';
import { useState } from 'react';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { useFormText } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { useRefresh } from '../queries.ts';
import { FactorRow, OnOff } from './second-factor.tsx';
import { TotpEnrollment } from './totp-enrollment.tsx';
import { useSecurityWords } from './words.ts';

interface TotpRowProps {
  readonly isOn: boolean;
  /** By the server. */
  readonly isOffered: boolean;
  showCodes(codes: readonly string[]): void;
}

/** The authenticator app: set up, replaced or removed. */
export function TotpRow({ isOn, isOffered, showCodes }: TotpRowProps) {
  const words = useSecurityWords();
  const refresh = useRefresh();
  const starting = useAction('startTotpEnrollment');
  const [isAsking, setAsking] = useState(false);
  const problem = useFormText(starting.errors);

  function complete(codes: readonly string[] | null | undefined) {
    starting.reset();
    refresh();
    announce(words.totpOn);
    if (codes) showCodes(codes);
  }
  return (
    <FactorRow title={words.totp} state={<OnOff isOn={isOn} />} hint={words.totpHint}>
      {isOffered && (
        <Button aria-disabled={starting.isPending} onClick={() => starting.isPending || void starting.run()}>
          {isOn ? words.replaceTotp : words.setUpTotp}
        </Button>
      )}
      {isOn && (
        <Button subject={words.totp} onClick={() => setAsking(true)}>
          {words.remove}
        </Button>
      )}
      {problem && <Notice look="bad">{problem}</Notice>}
      <Reauthenticate of={starting} />
      {starting.result?.__typename === 'TotpEnrollment' && (
        <TotpEnrollment
          enrollment={starting.result}
          title={isOn ? words.replaceTotp : words.setUpTotp}
          hint={isOn ? words.replaceTotpHint : undefined}
          onDone={complete}
          onClose={starting.reset}
        />
      )}
      {isAsking && <RemoveTotp onClose={() => setAsking(false)} />}
    </FactorRow>
  );
}

function RemoveTotp({ onClose }: { onClose(): void }) {
  const words = useSecurityWords();
  const refresh = useRefresh();
  const action = useAction('disableTotp');

  async function remove() {
    if ((await action.run())?.__typename !== 'SecondFactorChanged') return;
    refresh();
    announce(words.totpOff);
    onClose();
  }
  return (
    <Confirm
      title={words.removeTotp}
      description={<p>{words.removeTotpHint}</p>}
      submit={words.remove}
      action={action}
      onSubmit={() => void remove()}
      onClose={onClose}
    />
  );
}
