// The page of tests/browser/react.test.ts: shows what the hooks return, and lets the test call it.
import { createLatchkey } from '@latchkey/client';
import { LatchkeyProvider, useAction, useSession, useSignIn, useUser } from '@latchkey/client/react';
import { StrictMode, useState, version } from 'react';
import { createRoot } from 'react-dom/client';

declare const API: string;

const latchkey = createLatchkey({ url: API });

/** Makes values accessible to the test. */
const expose = (values: Record<string, unknown>) => Object.assign(globalThis, values);
expose({ latchkey, version });

function Form() {
  const action = useAction('updateProfile');
  expose({ action });
  return <p id="action">{JSON.stringify(action)}</p>;
}

function Hooks() {
  const session = useSession();
  const user = useUser();
  const signIn = useSignIn({ autofill: location.hash === '#autofill' });
  const addPasskey = useAction('addPasskey');
  const [isShown, show] = useState(true);
  expose({ session, user, signIn, addPasskey, show });
  return (
    <>
      <p id="session">{session.status}</p>
      <p id="user">{user?.email}</p>
      <p id="step">{signIn.isPending ? 'pending' : signIn.step}</p>
      <p id="reauthentication">{addPasskey.reauthentication?.methods.join()}</p>
      <p id="passkey">{addPasskey.result?.__typename}</p>
      <input autoComplete="username webauthn" />
      {isShown && <Form />}
    </>
  );
}

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <LatchkeyProvider latchkey={latchkey}>
      <Hooks />
    </LatchkeyProvider>
  </StrictMode>,
);
