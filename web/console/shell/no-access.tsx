import type { ReactNode } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { SignOutButton } from '../../shared/ui/sign-out-button.tsx';
import { StartPage, type StartPageProps } from './start-page.tsx';
import { useShellWords } from './words.ts';

interface NoAccessProps extends StartPageProps {
  /** A way to get access. */
  readonly action?: ReactNode;
}

/** Says why the user has no access. They can try again, or sign in as another user. */
export function NoAccess({ title, action, children }: NoAccessProps) {
  const words = useShellWords();
  return (
    <StartPage title={title}>
      <div className="card">
        <h1>{title}</h1>
        {children}
        <div className="actions">
          {action}
          <Button onClick={() => location.reload()}>{words.reload}</Button>
          <SignOutButton look="quiet">{words.signOut}</SignOutButton>
        </div>
      </div>
    </StartPage>
  );
}
