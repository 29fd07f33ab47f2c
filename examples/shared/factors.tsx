import { type Action, useAction } from '@latchkey/client/react';
import { CodeField, Field, Form, Problem } from './form';

/** Turns on an authenticator app as second factor. */
export function AuthenticatorApp() {
  const start = useAction('startTotpEnrollment');
  const confirm = useAction('confirmTotpEnrollment');
  const enrollment = start.result?.__typename === 'TotpEnrollment' ? start.result : undefined;
  if (confirm.result?.__typename === 'SecondFactorChanged')
    return (
      <>
        <p role="status">From now on you also need a code of your app. If you lose it, use one of these once:</p>
        <pre>{confirm.result.recoveryCodes?.join('\n')}</pre>
      </>
    );
  if (!enrollment)
    return (
      <>
        <button type="button" disabled={start.isPending} onClick={() => start.run()}>
          Add an authenticator app
        </button>
        <Reauthenticate {...start} />
      </>
    );
  const { challengeId, secret, qrCode } = enrollment;
  return (
    <Form {...confirm} onSubmit={({ code = '' }) => confirm.run({ challengeId, code })}>
      <img alt="QR code for your app" src={`data:image/svg+xml,${encodeURIComponent(qrCode)}`} />
      <p>
        Or type this key: <code>{secret}</code>
      </p>
      <CodeField name="code" label="Code of the app" errors={confirm.errors} />
      <button type="submit">Turn it on</button>
    </Form>
  );
}

export function AddPasskey() {
  const add = useAction('addPasskey');
  const isAdded = add.result?.__typename === 'PasskeySaved';
  return (
    <>
      <button type="button" disabled={add.isPending} onClick={() => add.run()}>
        Add a passkey
      </button>
      {isAdded && <p role="status">From now on you can sign in with this passkey.</p>}
      <Problem text={add.errors.form} />
      <Reauthenticate {...add} />
    </>
  );
}

/** Asks who the user is, for what requires a recent sign-in. Then the action goes on by itself. */
export function Reauthenticate({ reauthentication }: Pick<Action<never>, 'reauthentication'>) {
  if (!reauthentication) return null;
  const { message, methods, errors } = reauthentication;
  return (
    <Form {...reauthentication} onSubmit={({ password = '' }) => reauthentication.submit({ password })}>
      <p>{message}</p>
      {methods.includes('PASSWORD') && (
        <Field name="password" label="Your password" type="password" autoComplete="current-password" errors={errors} />
      )}
      {methods.includes('PASSWORD') && <button type="submit">Continue</button>}
      {methods.includes('PASSKEY') && (
        <button type="button" onClick={reauthentication.withPasskey}>
          Use a passkey
        </button>
      )}
      <button type="button" onClick={reauthentication.cancel}>
        Cancel
      </button>
    </Form>
  );
}
