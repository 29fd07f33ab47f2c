// The page of tests/browser/sign-in-form.test.ts: an app with <SignIn/>, whose properties the address has.
import { createLatchkey } from '@latchkey/client';
import { LatchkeyProvider, SignIn, type SignInProps, useSession } from '@latchkey/client/react';
import { StrictMode, version } from 'react';
import { createRoot } from 'react-dom/client';
import '../../packages/client/src/sign-in.css';
import './sign-in-form-page.css';

declare const API: string;

const props = JSON.parse(new URLSearchParams(location.search).get('props') ?? '{}') as SignInProps;
const latchkey = createLatchkey({ url: API, headers: () => ({ 'accept-language': props.locale ?? 'en' }) });
const signedIn: unknown[] = [];
Object.assign(globalThis, { latchkey, signedIn, version });

function App() {
  const session = useSession();
  return (
    <>
      <SignIn {...props} onSignedIn={(outcome) => signedIn.push(outcome)} />
      <p id="session">{session.status}</p>
    </>
  );
}

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <LatchkeyProvider latchkey={latchkey}>
      <App />
    </LatchkeyProvider>
  </StrictMode>,
);
