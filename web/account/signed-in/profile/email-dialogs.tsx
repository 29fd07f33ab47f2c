import { latchkey } from '../../../shared/latchkey.ts';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { usePasswordErrors, useSharedWords } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Form, Submit } from '../../../shared/ui/form.tsx';
import { PasswordField } from '../../../shared/ui/password-field.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { useRefresh } from '../queries.ts';
import { SentCode } from './sent-code.tsx';
import { useSentCode } from './use-sent-code.ts';
import { useProfileWords } from './words.ts';

interface ChangeEmailProps {
  readonly title: string;
  readonly hasPassword: boolean;
  onClose(): void;
}

/** Moves the account to another address, which is verified with a code. */
export function ChangeEmail({ title, hasPassword, onClose }: ChangeEmailProps) {
  const words = useProfileWords();
  const shared = useSharedWords();
  const refresh = useRefresh();
  const { request, sent, send, back } = useSentCode(
    latchkey.requestEmailChange,
    latchkey.confirmEmailChange,
    ['EmailChanged'],
    () => {
      refresh();
      announce(words.emailChanged);
      onClose();
    },
  );
  const errors = usePasswordErrors(request);
  function close() {
    // The link in the message may have changed it.
    refresh();
    onClose();
  }
  return (
    <Dialog title={title} description={!sent && <p>{words.changeEmailHint}</p>} onClose={close}>
      {sent ? (
        <SentCode {...sent}>
          <Button look="quiet" onClick={back}>
            {words.back}
          </Button>
        </SentCode>
      ) : (
        <Form
          errors={errors}
          isPending={request.isPending}
          onSubmit={({ newEmail = '', password }) => void send({ newEmail, ...(password && { password }) })}
        >
          <Field name="newEmail" type="email" label={words.newEmail} autoComplete="email" spellCheck={false} required />
          {hasPassword && (
            <PasswordField
              name="password"
              label={words.password}
              hint={words.passwordHint}
              autoComplete="current-password"
              required
            />
          )}
          <div className="actions">
            <Submit>{words.sendCode}</Submit>
            <Button onClick={close}>{shared.cancel}</Button>
          </div>
        </Form>
      )}
      <Reauthenticate of={request} />
    </Dialog>
  );
}

/** Verifies the address that the account has. */
export function VerifyEmail({ email, onClose }: { readonly email: string; onClose(): void }) {
  const words = useProfileWords();
  const shared = useSharedWords();
  const refresh = useRefresh();
  const { request, sent, send } = useSentCode(
    latchkey.requestEmailVerification,
    latchkey.verifyEmail,
    // The session goes on. A second factor is asked for at the next sign-in.
    ['Authenticated', 'EmailVerified', 'SecondFactorRequired'],
    () => {
      refresh();
      announce(words.emailVerified);
      onClose();
    },
  );
  function close() {
    refresh();
    onClose();
  }
  return (
    <Dialog title={words.verifyEmail} description={!sent && <p>{email}</p>} onClose={close}>
      {sent ? (
        <SentCode {...sent}>
          <Button look="quiet" onClick={close}>
            {shared.cancel}
          </Button>
        </SentCode>
      ) : (
        <Form errors={request.errors} isPending={request.isPending} onSubmit={() => void send({ email })}>
          <div className="actions">
            <Submit>{words.sendCode}</Submit>
            <Button onClick={close}>{shared.cancel}</Button>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
