import type { FormErrors, ReauthenticationMethod } from '@latchkey/client';
import { type Reauthentication, useUser } from '@latchkey/client/react';
import { useMemo, useState } from 'react';
import { useSharedWords } from './shared-words.ts';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Field } from './ui/field.tsx';
import { Form, Submit } from './ui/form.tsx';
import { PasswordField } from './ui/password-field.tsx';
import { SignOutButton } from './ui/sign-out-button.tsx';

export interface ReauthenticateProps {
  /** The action, from `useAction`: it goes on by itself once the user is confirmed. */
  readonly of: { readonly reauthentication: Reauthentication | undefined };
}

/** Asks the user to confirm who they are while the action needs it. Put it beside what starts the action. */
export function Reauthenticate({ of: { reauthentication } }: ReauthenticateProps) {
  const words = useSharedWords().confirmIdentity;
  if (!reauthentication) return null;
  const { methods, cancel } = reauthentication;
  const [first] = methods;
  const description = !first ? words.impossible : first === 'SIGN_IN' ? words.onlySignIn : words.description;
  return (
    <Dialog title={words.title} description={<p>{description}</p>} onClose={cancel}>
      {first && first !== 'SIGN_IN' ? (
        <Methods {...reauthentication} first={first} />
      ) : (
        <Impossible {...reauthentication} />
      )}
    </Dialog>
  );
}

/** One method at a time; the others are a click away. */
function Methods({
  first,
  methods,
  ...reauthentication
}: Reauthentication & { readonly first: ReauthenticationMethod }) {
  const { confirmIdentity, ...words } = useSharedWords();
  const [method, choose] = useState(first);
  const others = {
    PASSWORD: confirmIdentity.withPassword,
    TOTP: confirmIdentity.withTotp,
    PASSKEY: confirmIdentity.withPasskey,
    SIGN_IN: undefined,
  };
  return (
    <>
      <MethodForm key={method} method={method} {...reauthentication} />
      <div className="actions">
        {methods.map((other) => {
          const label = other !== method && others[other];
          return (
            label && (
              <Button key={other} look="quiet" onClick={() => choose(other)}>
                {label}
              </Button>
            )
          );
        })}
        <Button look="quiet" onClick={reauthentication.cancel}>
          {words.cancel}
        </Button>
      </div>
    </>
  );
}

interface MethodFormProps extends Omit<Reauthentication, 'methods'> {
  readonly method: ReauthenticationMethod;
}

function MethodForm({ method, errors, isPending, submit, withPasskey }: MethodFormProps) {
  const { confirmIdentity: words, ...shared } = useSharedWords();
  const user = useUser();
  const [hasAskedPasskey, setAskedPasskey] = useState(false);
  const isCancelled = hasAskedPasskey && !isPending && !errors.form;
  const isWrongPassword = method === 'PASSWORD' && errors.fields.password !== undefined;
  const shown = useMemo((): FormErrors => {
    if (isCancelled) return { fields: {}, form: words.passkeyCancelled };
    return isWrongPassword ? { fields: { password: shared.wrongPassword } } : errors;
  }, [isCancelled, isWrongPassword, errors, words, shared.wrongPassword]);

  function send({ password = '', totp = '' }: Readonly<Record<string, string>>) {
    if (method === 'PASSKEY') void withPasskey().then(() => setAskedPasskey(true));
    else void submit(method === 'TOTP' ? { totp } : { password });
  }
  return (
    <Form errors={shown} isPending={isPending} onSubmit={send}>
      {method === 'PASSWORD' && (
        <>
          {/* Tells password managers whose password it is. */}
          <input hidden readOnly autoComplete="username" value={user?.email ?? user?.phone ?? ''} />
          <PasswordField name="password" label={words.password} autoComplete="current-password" required />
        </>
      )}
      {method === 'TOTP' && (
        <Field name="totp" label={words.totp} inputMode="numeric" autoComplete="one-time-code" required />
      )}
      <Submit>{method === 'PASSKEY' ? words.passkey : shared.continue}</Submit>
    </Form>
  );
}

/** Only a new sign-in helps, or nothing does. */
function Impossible({ methods, cancel }: Reauthentication) {
  const { confirmIdentity: words, ...shared } = useSharedWords();
  return (
    <div className="actions">
      {methods.includes('SIGN_IN') && <SignOutButton look="primary">{words.signInAgain}</SignOutButton>}
      <Button onClick={cancel}>{methods.length > 0 ? shared.cancel : shared.close}</Button>
    </div>
  );
}
