import type { SessionUser } from '@latchkey/client';
import { useEffect, useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Loading } from '../../shared/ui/loading.tsx';
import { SignOutButton } from '../../shared/ui/sign-out-button.tsx';
import { goBack, isSentBack } from '../return-to.ts';
import { StartPage } from '../start-page.tsx';
import { useContinueWords } from './words.ts';

/**
 * For a user who is signed in and was sent here by an app: leads back at once, as they expect. Asks if the app sends them here
 * again right after that, so that the browser does not go back and forth.
 */
export default function Continue({ user }: { readonly user: SessionUser }) {
  const words = useContinueWords();
  const [asks] = useState(isSentBack);
  useEffect(() => {
    if (!asks) goBack();
  }, [asks]);
  if (!asks) return <Loading />;
  return (
    <StartPage title={words.title}>
      <section className="card">
        <h1>{words.title}</h1>
        <p>{words.signedInAs.replace('{account}', () => user.email ?? user.phone ?? '')}</p>
        <div className="actions">
          <Button look="primary" onClick={goBack}>
            {words.continue}
          </Button>
          <SignOutButton>{words.otherAccount}</SignOutButton>
        </div>
      </section>
    </StartPage>
  );
}
