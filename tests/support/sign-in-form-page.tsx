// The page of tests/browser/sign-in-form*.test.ts: an app with <SignIn/>, whose properties the address has. Unless they include
// the view, the app keeps it in the fragment.
import { createLatchkey } from '@latchkey/client';
import { LatchkeyProvider, SignIn, type SignInProps, type SignInView, useSession } from '@latchkey/client/react';
import { StrictMode, useEffect, useState, version } from 'react';
import { createRoot } from 'react-dom/client';
import '../../packages/client/src/sign-in.css';
import './sign-in-form-page.css';

declare const API: string;

const props = JSON.parse(new URLSearchParams(location.search).get('props') ?? '{}') as SignInProps;
const latchkey = createLatchkey({ url: API, headers: () => ({ 'accept-language': props.locale ?? 'en' }) });
const signedIn: unknown[] = [];
Object.assign(globalThis, { latchkey, signedIn, version });

/** The view in the fragment of the address. */
const viewOfHash = () => (location.hash.slice(1) || 'signIn') as SignInProps['view'];

function App() {
  const session = useSession();
  const [view, setView] = useState(viewOfHash);
  useEffect(() => addEventListener('popstate', () => setView(viewOfHash())), []);
  function onViewChange(next: SignInView): void {
    history.pushState(null, '', `#${next}`);
    setView(next);
  }
  const [locale, setLocale] = useState(props.locale);
  Object.assign(globalThis, { setLocale });
  const controlled = props.view ? {} : { view, onViewChange };
  return (
    <>
      {session.status !== 'signedIn' && (
        <SignIn {...props} {...controlled} locale={locale} onSignedIn={(outcome) => signedIn.push(outcome)} />
      )}
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
