import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConsoleViewerDocument } from '../../generated/documents.ts';
import { SignedInProviders } from '../../shared/signed-in-providers.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { CurrentPage } from './current-page.tsx';
import { keyOf, refusalOf, useData, useRefusals } from './data.ts';
import { Layout } from './layout.tsx';
import { NoRole } from './no-role.tsx';
import { SecondFactor } from './second-factor.tsx';
import { ViewerProvider } from './viewer.ts';

/** The console for the signed-in user. */
export default function SignedIn() {
  return (
    <SignedInProviders>
      <ForViewer />
    </SignedInProviders>
  );
}

function ForViewer() {
  const found = useData(ConsoleViewerDocument, {});
  const queries = useQueryClient();
  const [needsSecondFactor, setNeedsSecondFactor] = useState(false);
  useRefusals((error) => {
    if (refusalOf(error) === 'SECOND_FACTOR_REQUIRED') setNeedsSecondFactor(true);
    // The role may be gone.
    else void queries.invalidateQueries({ queryKey: keyOf(ConsoleViewerDocument) });
  });
  if (!found.data)
    return (
      <main className="narrow">
        <Loaded of={found}>{() => null}</Loaded>
      </main>
    );
  const { me } = found.data;
  if (!me) return null;
  if (me.roles.length === 0) return <NoRole viewer={me} />;
  if (needsSecondFactor) return <SecondFactor />;
  return (
    <ViewerProvider value={me}>
      <Layout>
        <CurrentPage />
      </Layout>
    </ViewerProvider>
  );
}
