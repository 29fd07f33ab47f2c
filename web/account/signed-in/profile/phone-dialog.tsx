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

interface PhoneDialogProps {
  readonly title: string;
  /** What the account has, if that is to be verified. */
  readonly phone?: string;
  /** A verified number is replaced. */
  readonly needsPassword: boolean;
  onClose(): void;
}

/** Gives the account a number, which is verified with a code. */
export function PhoneDialog({ title, phone, needsPassword, onClose }: PhoneDialogProps) {
  const words = useProfileWords();
  const shared = useSharedWords();
  const refresh = useRefresh();
  const { request, sent, send, back } = useSentCode(
    latchkey.requestPhoneOtp,
    latchkey.confirmPhoneOtp,
    ['PhoneVerified'],
    () => {
      refresh();
      announce(words.phoneSaved);
      onClose();
    },
  );
  const errors = usePasswordErrors(request);
  return (
    <Dialog title={title} onClose={onClose}>
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
          onSubmit={({ phone = '', password }) =>
            void send({ phone, purpose: 'VERIFY', ...(password && { password }) })
          }
        >
          <Field
            name="phone"
            type="tel"
            label={phone === undefined ? words.newPhone : words.phone}
            hint={words.phoneHint}
            autoComplete="tel"
            defaultValue={phone}
            readOnly={phone !== undefined}
            required
          />
          {needsPassword && (
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
            <Button onClick={onClose}>{shared.cancel}</Button>
          </div>
        </Form>
      )}
      <Reauthenticate of={request} />
    </Dialog>
  );
}
