import type { ReactNode } from 'react';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { usePasswordErrors, useSharedWords } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { DialogForm } from '../../../shared/ui/form-dialog.tsx';
import { PasswordField } from '../../../shared/ui/password-field.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { useRefresh } from '../queries.ts';
import { forgetCode } from './kept-code.ts';
import { SentCode } from './sent-code.tsx';
import { type CodeFlow, useSentCode } from './use-sent-code.ts';
import { useProfileWords } from './words.ts';

interface CodeDialogProps extends CodeFlow {
  readonly title: string;
  /** Shown before the code is sent. */
  readonly description?: string;
  /** What the user must enter before it is sent, if anything. */
  readonly field?: ReactNode;
  readonly needsPassword?: boolean;
  /** Announced in the end. */
  readonly success: string;
  onClose(): void;
}

/** Changes or verifies where the user can be reached, with a code that is sent there. */
export function CodeDialog({ title, description, field, needsPassword, success, onClose, ...flow }: CodeDialogProps) {
  const words = useProfileWords();
  const shared = useSharedWords();
  const refresh = useRefresh();
  const { request, sent, send, back } = useSentCode(flow, () => {
    announce(success);
    close();
  });
  const errors = usePasswordErrors(request);
  function close() {
    // Also if the user leaves: a link in the message does the same as the code.
    refresh();
    forgetCode();
    onClose();
  }
  return (
    <Dialog title={title} description={!sent && description && <p>{description}</p>} onClose={close}>
      {sent ? (
        <>
          <SentCode {...sent}>
            <Button look="quiet" onClick={field ? back : close}>
              {field ? words.back : shared.cancel}
            </Button>
          </SentCode>
          <Reauthenticate of={request} />
        </>
      ) : (
        <DialogForm
          submit={words.sendCode}
          action={request}
          errors={errors}
          onSubmit={(values) => void send(values)}
          onClose={close}
        >
          {field}
          {needsPassword && (
            <PasswordField
              name="password"
              label={words.password}
              hint={words.passwordHint}
              autoComplete="current-password"
              required
            />
          )}
        </DialogForm>
      )}
    </Dialog>
  );
}
