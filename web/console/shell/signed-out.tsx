import type { SignOutReason } from '@latchkey/client';
import { SignIn } from '@latchkey/client/react';
import '@latchkey/client/sign-in.css';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useLocale } from '../../shared/locale.tsx';
import '../../shared/ui/sign-in.css';
import { StartPage } from './start-page.tsx';
import { useShellWords } from './words.ts';

/** Where social providers send the browser back to. */
const CALLBACK = '/console/callback';

export interface SignedOutProps {
  /** Why the session has ended. */
  readonly reason: SignOutReason | undefined;
  onSignedIn(): void;
}

/** The sign-in form. The page of the address is shown afterwards. */
export function SignedOut({ reason, onSignedIn }: SignedOutProps) {
  const words = useShellWords();
  const { locale } = useLocale();
  const [path, navigate] = useLocation();
  const [wanted] = useState(path === CALLBACK ? '/console' : path + location.search);
  return (
    <StartPage title={words.console}>
      <SignIn
        locale={locale}
        redirectUri={`${location.origin}${CALLBACK}`}
        returnTo={wanted}
        reason={reason}
        onSignedIn={({ returnTo = wanted }) => {
          navigate(returnTo, { replace: true });
          onSignedIn();
        }}
      />
    </StartPage>
  );
}
