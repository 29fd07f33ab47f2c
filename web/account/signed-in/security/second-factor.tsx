import { useAction } from '@latchkey/client/react';
import { type ReactNode, useState } from 'react';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { useFormText } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { type Me, useRefresh } from '../queries.ts';
import { RecoveryCodesRow } from './recovery-codes-row.tsx';
import { SaveCodes } from './save-codes.tsx';
import { TotpRow } from './totp.tsx';
import { useSecurityWords } from './words.ts';

interface SecondFactorProps {
  readonly me: Me;
  readonly hasPasskeys: boolean;
  /** By the server. */
  readonly isOffered: boolean;
}

/** Whether sign-ins need a second factor, the authenticator app, and the recovery codes. */
export function SecondFactor({ me, hasPasskeys, isOffered }: SecondFactorProps) {
  const words = useSecurityWords();
  const [codes, showCodes] = useState<readonly string[]>();
  const hasFactor = hasPasskeys || me.totpEnabled;
  return (
    <Card title={words.secondFactor}>
      <ul className="rows">
        <RequirementRow isOn={me.secondFactorRequired} isPossible={isOffered && hasFactor} showCodes={showCodes} />
        {(isOffered || me.totpEnabled) && <TotpRow isOn={me.totpEnabled} isOffered={isOffered} showCodes={showCodes} />}
        {hasFactor && <RecoveryCodesRow left={me.recoveryCodesRemaining} showCodes={showCodes} />}
      </ul>
      {codes && <SaveCodes codes={codes} onClose={() => showCodes(undefined)} />}
    </Card>
  );
}

export interface FactorRowProps {
  readonly title: string;
  readonly state: ReactNode;
  readonly hint: string;
  readonly children: ReactNode;
}

export const FactorRow = ({ title, state, hint, children }: FactorRowProps) => (
  <li>
    <div>
      <h3 className="value">{title}</h3>
      {state}
      <p className="quiet-text">{hint}</p>
    </div>
    <div className="row-actions">{children}</div>
  </li>
);

/** On or off, in words and in colour. */
export function OnOff({ isOn }: { readonly isOn: boolean }) {
  const words = useSecurityWords();
  return <p className={isOn ? 'state good' : 'state'}>{isOn ? words.on : words.off}</p>;
}

interface RequirementRowProps {
  readonly isOn: boolean;
  readonly isPossible: boolean;
  showCodes(codes: readonly string[]): void;
}

function RequirementRow({ isOn, isPossible, showCodes }: RequirementRowProps) {
  const words = useSecurityWords();
  const refresh = useRefresh();
  const action = useAction('setSecondFactorRequired');
  const problem = useFormText(action.errors);
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    action.reset();
    setAsking(false);
  };

  async function set(required: boolean) {
    const result = await action.run({ required });
    if (result?.__typename !== 'SecondFactorChanged') return;
    refresh();
    setAsking(false);
    announce(required ? words.secondFactorTurnedOn : words.secondFactorTurnedOff);
    if (result.recoveryCodes) showCodes(result.recoveryCodes);
  }
  const change = () => (isOn ? setAsking(true) : void set(true));
  const hint = isOn ? words.secondFactorOn : isPossible ? words.secondFactorOff : words.secondFactorImpossible;
  return (
    <FactorRow title={words.secondFactorRequired} state={<OnOff isOn={isOn} />} hint={hint}>
      {/* One button, which keeps the focus. */}
      {(isOn || isPossible) && (
        <Button aria-disabled={action.isPending} onClick={() => action.isPending || change()}>
          {isOn ? words.turnOff : words.turnOn}
        </Button>
      )}
      {!isAsking && problem && <Notice look="bad">{problem}</Notice>}
      {!isAsking && <Reauthenticate of={action} />}
      {isAsking && (
        <Confirm
          title={words.turnOffSecondFactor}
          description={<p>{words.turnOffSecondFactorHint}</p>}
          submit={words.turnOff}
          action={action}
          onSubmit={() => void set(false)}
          onClose={close}
        />
      )}
    </FactorRow>
  );
}
