import { useSession } from '@latchkey/client/react';
import { lazy } from 'react';
import { Loading } from '../shared/ui/loading.tsx';
import { SignedOut } from './signed-out.tsx';

const SignedIn = lazy(() => import('./signed-in/signed-in.tsx'));

/** The sign-in, or the pages of the user who is signed in. */
export function AccountApp() {
  const session = useSession();
  if (session.status === 'loading') return <Loading />;
  return session.status === 'signedIn' ? <SignedIn /> : <SignedOut reason={session.reason} />;
}
