import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import { ConsoleViewerDocument } from '../../generated/documents.ts';
import { Loading } from '../../shared/ui/loading.tsx';
import { CurrentPage } from './current-page.tsx';
import { createData, keyOf, refusalOf, useData } from './data.ts';
import { Layout } from './layout.tsx';
import { LoadFailure } from './load-failure.tsx';
import { NoRole } from './no-role.tsx';
import { CALLBACK, takePath } from './path.ts';
import { SecondFactor } from './second-factor.tsx';
import { ViewerProvider } from './viewer.ts';

/** The console for the signed-in user. */
export default function SignedIn() {
  const [needsSecondFactor, setNeedsSecondFactor] = useState(false);
  const [data] = useState(() =>
    createData((error) => {
      if (refusalOf(error) === 'SECOND_FACTOR_REQUIRED') setNeedsSecondFactor(true);
      // The role may be gone.
      else void data.invalidateQueries({ queryKey: keyOf(ConsoleViewerDocument) });
    }),
  );
  return (
    <QueryClientProvider client={data}>
      <ForRole needsSecondFactor={needsSecondFactor} />
    </QueryClientProvider>
  );
}

function ForRole({ needsSecondFactor }: { readonly needsSecondFactor: boolean }) {
  const { data, error, refetch } = useData(ConsoleViewerDocument, {});
  const [path] = useLocation();
  const viewer = data?.me;
  if (!viewer)
    return error ? (
      <main className="narrow">
        <LoadFailure error={error} retry={() => void refetch()} />
      </main>
    ) : (
      <Loading />
    );
  if (viewer.roles.length === 0) return <NoRole viewer={viewer} />;
  if (needsSecondFactor) return <SecondFactor />;
  if (path === CALLBACK) return <Redirect to={takePath()} replace />;
  return (
    <ViewerProvider value={viewer}>
      <Layout>
        <CurrentPage />
      </Layout>
    </ViewerProvider>
  );
}
