import { useSession } from '@latchkey/client/react';
import { lazy, useState } from 'react';
import { useBrowserLocation } from 'wouter/use-browser-location';
import { Connecting } from '../shared/ui/connecting.tsx';
import { isForm } from './paths.ts';
import { hasReturnTo } from './return-to.ts';
import { SignedOut } from './signed-out.tsx';
import { useAccountWords } from './words.ts';

const Continue = lazy(() => import('./continue/continue.tsx'));
const SignedIn = lazy(() => import('./signed-in/signed-in.tsx'));

/** The sign-in, or the pages of the user who is signed in. */
export function AccountApp({ isReturnRefused }: { readonly isReturnRefused: boolean }) {
  const words = useAccountWords();
  const session = useSession();
  const [path] = useBrowserLocation();
  // The form tells when it is done, which is after the session has begun.
  const [hasForm, setForm] = useState(false);
  const [isDeleted, setDeleted] = useState(false);
  const notice = isReturnRefused ? words.returnRefused : undefined;

  if (session.status === 'loading') return <Connecting hasFailed={session.error !== undefined} />;
  if (session.status === 'signedOut' && !hasForm) setForm(true);
  if (hasForm || session.status === 'signedOut') {
    const reason = session.status === 'signedOut' && !isDeleted ? session.reason : undefined;
    return (
      <SignedOut
        reason={reason}
        notice={isDeleted ? words.deleted : notice}
        onSignedIn={() => {
          setForm(false);
          setDeleted(false);
        }}
      />
    );
  }
  if (isForm(path) && hasReturnTo()) return <Continue user={session.user} />;
  return <SignedIn notice={notice} onDeleted={() => setDeleted(true)} />;
}
