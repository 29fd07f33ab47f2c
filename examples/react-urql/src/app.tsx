import { useAction, useSession } from '@latchkey/client/react';
import { AddPasskey, AuthenticatorApp } from '../../shared/factors';
import { Problem } from '../../shared/form';
import { SignIn } from '../../shared/sign-in';
import { Sessions } from './sessions';

export function App() {
  const session = useSession();
  if (session.status === 'loading')
    return <p role="status">{session.error ? 'The service cannot be reached. Trying again …' : 'Loading …'}</p>;
  return session.status === 'signedIn' ? <Account email={session.user.email} /> : <SignIn reason={session.reason} />;
}

function Account({ email }: { readonly email: string | null | undefined }) {
  const logout = useAction('logout');
  return (
    <section>
      <h1>Signed in as {email}</h1>
      <Sessions />
      <h2>More ways to sign in</h2>
      <AddPasskey />
      <AuthenticatorApp />
      <h2>Leave</h2>
      <button type="button" disabled={logout.isPending} onClick={() => logout.run()}>
        Sign out
      </button>
      <Problem text={logout.errors.form} />
    </section>
  );
}
