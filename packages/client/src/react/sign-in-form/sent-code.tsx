import { useContext, useState } from 'react';
import type { CodeStep, NewPasswordStep } from '../../sign-in/steps.ts';
import { useCountdown } from '../use-countdown.ts';
import { LinkButton } from './button.tsx';
import { Countdown } from './countdown.tsx';
import { CodeField, PasswordField } from './field.tsx';
import { Form } from './form.tsx';
import { Heading, HeadingContext } from './heading.tsx';
import { fill, useCount, useWords } from './words.ts';

export interface SentCodeProps {
  readonly signIn: CodeStep | NewPasswordStep;
  /** What was typed, for password managers. */
  readonly identifier: string;
  readonly passwordHint: string | undefined;
  /** If the code is for a new account. */
  readonly toSignIn: (() => void) | undefined;
}

/** A code was sent. With a new password, if it is for that. */
export function SentCode({ signIn, identifier, passwordHint, toSignIn }: SentCodeProps) {
  const words = useWords();
  const { step, sentTo, channel, codeLength, resendAt, resend, back } = signIn;
  const [firstResendAt] = useState(resendAt);
  const isResent = resendAt !== firstResendAt;
  const isOver = signIn.attemptsRemaining === 0;
  const isLink = codeLength === 0;
  const isReset = step === 'newPassword';
  const wait = useCountdown(Date.parse(resendAt));
  const title = isOver ? 'codeOver' : isLink ? 'openLink' : isReset ? 'newPassword' : 'enterCode';
  const hint = fill(words.sent[isLink ? 'LINK' : isReset ? 'RESET' : channel], 'to', sentTo);
  return (
    <>
      <Heading step={title + sentTo} hint={!isOver && hint}>
        {words.titles[title]}
      </Heading>
      {/* Filled later, so that screen readers notice it. */}
      <div role="status">{isResent && <p className="lk-notice">{words.sent.AGAIN}</p>}</div>
      {isOver ? (
        <Form
          {...signIn}
          fields={[]}
          submit={resend ? words.resend : words.startAgain}
          wait={resend && wait}
          onSubmit={() => (resend ?? back)()}
        />
      ) : (
        !isLink && <CodeForm {...{ signIn, identifier, passwordHint }} />
      )}
      {resend && !isOver && (
        <LinkButton isDisabled={signIn.isPending || wait > 0} onClick={resend} after={<Countdown seconds={wait} />}>
          {words.resend}
        </LinkButton>
      )}
      {toSignIn && (
        <LinkButton before={words.registered} onClick={toSignIn}>
          {words.signIn}
        </LinkButton>
      )}
      <LinkButton before={resend ? undefined : words.otherCode} onClick={back}>
        {resend ? words.wrongRecipient[channel] : words.startAgain}
      </LinkButton>
    </>
  );
}

type CodeFormProps = Pick<SentCodeProps, 'signIn' | 'identifier' | 'passwordHint'>;

function CodeForm({ signIn, identifier, passwordHint }: CodeFormProps) {
  const words = useWords();
  const lastHeading = useContext(HeadingContext);
  const { codeLength, attemptsRemaining } = signIn;
  const isReset = signIn.step === 'newPassword';
  return (
    <Form
      {...signIn}
      fields={['code', 'newPassword']}
      submit={isReset ? words.setPassword : words.continue}
      onSubmit={({ code = '', newPassword = '' }) =>
        signIn.step === 'code' ? signIn.submit({ code }) : signIn.submit({ code, newPassword })
      }
    >
      <CodeField
        name="code"
        // The page was loaded with this step: the user was about to type. Otherwise the heading has the focus.
        autoFocus={lastHeading.current === undefined}
        label={words.code}
        hint={useCount(words.attempts, attemptsRemaining)}
        length={isReset ? undefined : codeLength}
      />
      {isReset && (
        <>
          <input hidden readOnly autoComplete="username" value={identifier} />
          <PasswordField name="newPassword" label={words.newPassword} autoComplete="new-password" hint={passwordHint} />
        </>
      )}
    </Form>
  );
}
