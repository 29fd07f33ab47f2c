import type { ChallengeFieldsFragment, FormErrors } from '@latchkey/client';
import { useCountdown } from '@latchkey/client/react';
import { type ReactNode, useState } from 'react';
import { Countdown } from '../../../shared/countdown.tsx';
import { useLocale } from '../../../shared/locale.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Form, Submit } from '../../../shared/ui/form.tsx';
import { fill, plural } from '../../../shared/words.ts';
import { CodeField } from '../code-field.tsx';
import { useProfileWords } from './words.ts';

export interface SentCodeProps {
  readonly challenge: ChallengeFieldsFragment;
  /** Of the last code, or of the last request for a new one. */
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** After a wrong code. 0: the code no longer works. */
  readonly attemptsRemaining: number | undefined;
  onSubmit(code: string): void;
  onResend(): void;
  /** Such as a button that leads back. */
  readonly children?: ReactNode;
}

/** The code is what the user enters next. */
const focus = (input: HTMLInputElement | null): void => input?.focus();

/** A code was sent: the user enters it, or gets a new one. */
export function SentCode({ challenge, attemptsRemaining, onSubmit, onResend, children, ...status }: SentCodeProps) {
  const words = useProfileWords();
  const { locale } = useLocale();
  const { sentTo, channel, codeLength, resendAt } = challenge;
  const [firstResendAt] = useState(resendAt);
  const wait = useCountdown(Date.parse(resendAt));
  const isLink = codeLength === 0;
  const isOver = attemptsRemaining === 0;
  const sent = isLink ? words.sentLink : channel === 'SMS' ? words.sentSms : words.sentEmail;
  const mustWait = status.isPending || wait > 0;
  const isResent = resendAt !== firstResendAt;
  const statusText = isOver ? !status.errors.form && words.codeOver : isResent && words.sentAgain;
  const hint = attemptsRemaining === undefined ? undefined : plural(locale, attemptsRemaining, words.attempts);
  return (
    <Form {...status} onSubmit={({ code = '' }) => (isOver ? onResend() : onSubmit(code))}>
      <p>{fill(sent, { to: sentTo })}</p>
      {/* Filled later, so that screen readers notice it. */}
      <p role="status">{statusText}</p>
      {!isLink && !isOver && (
        <CodeField
          key={resendAt}
          ref={focus}
          label={words.code}
          hint={hint}
          onChange={({ target }) => target.value.match(/\d/g)?.length === codeLength && target.form?.requestSubmit()}
        />
      )}
      <div className="actions">
        {!isLink && !isOver && <Submit>{words.confirm}</Submit>}
        <span className="waiting">
          <Button look={isOver ? 'primary' : 'plain'} aria-disabled={mustWait} onClick={() => mustWait || onResend()}>
            {words.resend}
          </Button>
          <Countdown seconds={wait} />
        </span>
        {children}
      </div>
    </Form>
  );
}
