import { Suspense } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import { Loading } from '../../shared/ui/loading.tsx';
import { PageTitle } from '../../shared/ui/page-title.tsx';
import { type ConsolePage, PAGES } from './pages.ts';
import { hasRole, useViewer } from './viewer.ts';
import { useShellWords } from './words.ts';

/** The page of the address. */
export const CurrentPage = () => (
  <Suspense fallback={<Loading />}>
    <Switch>
      {PAGES.map((page) => (
        <Route key={page.path} path={page.path}>
          {(params) => <Allowed page={page} params={params} />}
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  </Suspense>
);

interface AllowedProps {
  readonly page: ConsolePage;
  readonly params: Readonly<Record<string, string | undefined>>;
}

function Allowed({ page: { path, role, Page }, params }: AllowedProps) {
  const viewer = useViewer();
  const { adminsOnly } = useShellWords();
  if (hasRole(viewer, role)) return <Page params={params} />;
  // The start, for a user who may not see it.
  if (path === '/console') return <Redirect to="/console/users" replace />;
  return (
    <>
      <PageTitle>{adminsOnly.title}</PageTitle>
      <p>{adminsOnly.text}</p>
    </>
  );
}

function NotFound() {
  const { notFound } = useShellWords();
  return (
    <>
      <PageTitle>{notFound.title}</PageTitle>
      <p>{notFound.text}</p>
      <Link className="button" href="/console/users">
        {notFound.back}
      </Link>
    </>
  );
}
