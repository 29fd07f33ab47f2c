import { useSession } from '@latchkey/client/react';
import { lazy } from 'react';
import { Loading } from '../shared/ui/loading.tsx';
import { SignedOut } from './shell/signed-out.tsx';

const SignedIn = lazy(() => import('./shell/signed-in.tsx'));

/** The sign-in, or the pages that the role of the signed-in user allows. */
export function ConsoleApp() {
  const session = useSession();
  if (session.status === 'loading') return <Loading />;
  return session.status === 'signedIn' ? <SignedIn /> : <SignedOut />;
}
