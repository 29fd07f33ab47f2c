import { useSession } from '@latchkey/client/react';
import { lazy, useState } from 'react';
import { Connecting } from '../shared/ui/connecting.tsx';
import { SignedOut } from './shell/signed-out.tsx';

const SignedIn = lazy(() => import('./shell/signed-in.tsx'));

/** The sign-in, or the pages that the role of the signed-in user allows. */
export function ConsoleApp() {
  const session = useSession();
  // The form tells when it is done, which is after the session has begun.
  const [hasForm, setForm] = useState(false);
  if (session.status === 'loading') return <Connecting hasFailed={session.error !== undefined} />;
  if (session.status === 'signedOut' && !hasForm) setForm(true);
  if (session.status === 'signedIn' && !hasForm) return <SignedIn />;
  return (
    <SignedOut reason={session.status === 'signedOut' ? session.reason : undefined} onSignedIn={() => setForm(false)} />
  );
}
