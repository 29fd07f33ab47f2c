import type { FormErrors, StartTotpEnrollmentResult } from '@latchkey/client';
import { useAction } from '@latchkey/client/react';
import { useMemo } from 'react';
import { useLocale } from '../../../shared/locale.tsx';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { useSharedWords } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { CopyButton } from '../../../shared/ui/copy-button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Form, Submit } from '../../../shared/ui/form.tsx';
import { plural } from '../../../shared/words.ts';
import { CodeField, ofCode } from '../code-field.tsx';
import { useSecurityWords } from './words.ts';

export interface TotpEnrollmentProps {
  readonly enrollment: Extract<StartTotpEnrollmentResult, { __typename: 'TotpEnrollment' }>;
  readonly title: string;
  readonly hint: string | undefined;
  /** With the recovery codes, if there are new ones. */
  onDone(recoveryCodes: readonly string[] | null | undefined): void;
  onClose(): void;
}

/** Shows the secret in all the ways that apps can take it, and takes a code of the app. */
export function TotpEnrollment({ enrollment, title, hint, onDone, onClose }: TotpEnrollmentProps) {
  const words = useSecurityWords();
  const shared = useSharedWords();
  const { locale } = useLocale();
  const action = useAction('confirmTotpEnrollment');
  const { challengeId, secret, uri, qrCode } = enrollment;
  const failure = action.result?.__typename === 'ChallengeFailed' ? action.result : undefined;
  const isOver = failure !== undefined && (failure.reason !== 'WRONG_CODE' || failure.attemptsRemaining === 0);
  const attempts = failure && !isOver && plural(locale, failure.attemptsRemaining, words.attempts);
  const errors = useCodeErrors(action.errors, failure !== undefined, isOver ? words.enrollmentOver : undefined);

  async function confirm(code: string) {
    const result = await action.run({ challengeId, code });
    if (result?.__typename === 'SecondFactorChanged') onDone(result.recoveryCodes);
  }
  return (
    <Dialog title={title} description={hint && <p>{hint}</p>} onClose={onClose}>
      <Form errors={errors} isPending={action.isPending} onSubmit={({ code = '' }) => void confirm(code)}>
        {!isOver && (
          <>
            <p>{words.scan}</p>
            <img className="qr-code" src={`data:image/svg+xml,${encodeURIComponent(qrCode)}`} alt={words.qrCode} />
            <p>
              <a href={uri}>{words.openApp}</a>
            </p>
            <p>{words.typeSecret}</p>
            <p className="secret">
              <code>{secret.match(/.{1,4}/g)?.join(' ')}</code>
              <CopyButton text={secret} />
            </p>
            <CodeField label={words.codeOfApp} hint={attempts} />
          </>
        )}
        <div className="actions">
          {!isOver && <Submit>{words.turnOn}</Submit>}
          <Button onClick={onClose}>{isOver ? shared.close : shared.cancel}</Button>
        </div>
      </Form>
      <Reauthenticate of={action} />
    </Dialog>
  );
}

/** A wrong code is a problem of the field, as long as another one can be tried. */
function useCodeErrors(errors: FormErrors, isFailed: boolean, over: string | undefined): FormErrors {
  return useMemo(() => {
    if (over) return { fields: {}, form: over };
    return isFailed ? ofCode(errors) : errors;
  }, [errors, isFailed, over]);
}
