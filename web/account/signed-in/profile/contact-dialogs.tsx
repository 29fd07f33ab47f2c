import { latchkey } from '../../../shared/latchkey.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { useProfileWords } from './words.ts';

interface DialogProps {
  onClose(): void;
}

interface ChangeProps extends DialogProps {
  readonly title: string;
  readonly needsPassword: boolean;
}

/** Moves the account to another address. */
export function ChangeEmail(props: ChangeProps) {
  const words = useProfileWords();
  return (
    <CodeDialog
      dialog="changeEmail"
      {...props}
      description={words.changeEmailHint}
      field={
        <Field name="newEmail" type="email" label={words.newEmail} autoComplete="email" spellCheck={false} required />
      }
      request={({ newEmail = '', password }) => latchkey.requestEmailChange({ newEmail, password })}
      confirm={latchkey.confirmEmailChange}
      done={['EmailChanged']}
      success={words.emailChanged}
    />
  );
}

/** Verifies the address that the account has. */
export function VerifyEmail({ email, onClose }: DialogProps & { readonly email: string }) {
  const words = useProfileWords();
  return (
    <CodeDialog
      dialog="verifyEmail"
      title={words.verifyEmail}
      description={email}
      request={() => latchkey.requestEmailVerification({ email })}
      confirm={latchkey.verifyEmail}
      // The session goes on. A second factor is asked for at the next sign-in.
      done={['Authenticated', 'EmailVerified', 'SecondFactorRequired']}
      success={words.emailVerified}
      onClose={onClose}
    />
  );
}

/** Gives the account a number, or another one. */
export function ChangePhone(props: ChangeProps) {
  const words = useProfileWords();
  return (
    <CodeDialog
      dialog="changePhone"
      {...props}
      field={
        <Field name="phone" type="tel" label={words.newPhone} hint={words.phoneHint} autoComplete="tel" required />
      }
      request={({ phone = '', password }) => latchkey.requestPhoneOtp({ phone, purpose: 'VERIFY', password })}
      confirm={latchkey.confirmPhoneOtp}
      done={['PhoneVerified']}
      success={words.phoneSaved}
    />
  );
}

/** Verifies the number that the account has. */
export function VerifyPhone({ phone, onClose }: DialogProps & { readonly phone: string }) {
  const words = useProfileWords();
  return (
    <CodeDialog
      dialog="verifyPhone"
      title={words.verifyPhone}
      description={phone}
      request={() => latchkey.requestPhoneOtp({ phone, purpose: 'VERIFY' })}
      confirm={latchkey.confirmPhoneOtp}
      done={['PhoneVerified']}
      success={words.phoneSaved}
      onClose={onClose}
    />
  );
}
