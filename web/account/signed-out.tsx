import type { SignOutReason } from '@latchkey/client';
import { SignIn, type SignInView } from '@latchkey/client/react';
import '@latchkey/client/sign-in.css';
import { useState } from 'react';
import { useBrowserLocation } from 'wouter/use-browser-location';
import { useLocale } from '../shared/locale.tsx';
import { Notice } from '../shared/ui/notice.tsx';
import { CALLBACK, FORM_PATHS, isForm, viewOf } from './paths.ts';
import { goBack } from './return-to.ts';
import '../shared/ui/sign-in.css';
import { StartPage } from './start-page.tsx';
import { type AccountWords, useAccountWords } from './words.ts';

const TITLES: Readonly<Record<SignInView, keyof AccountWords & `${string}`>> = {
  signIn: 'signIn',
  signUp: 'signUp',
  code: 'signIn',
  forgotPassword: 'forgotPassword',
};

export interface SignedOutProps {
  /** Why the session has ended. */
  readonly reason: SignOutReason | undefined;
  readonly notice: string | undefined;
  /** Called unless the user leaves for where they came from. */
  onSignedIn(): void;
}

/** The sign-in form, with its views in the address. */
export function SignedOut({ reason, notice, onSignedIn }: SignedOutProps) {
  const words = useAccountWords();
  const { locale } = useLocale();
  const [path, navigate] = useBrowserLocation();
  const view = viewOf(path);
  // The page that was asked for is shown afterwards.
  const [wanted] = useState(isForm(path) || path === CALLBACK ? FORM_PATHS.signIn : path);

  return (
    <StartPage title={words[TITLES[view]]}>
      {notice && <Notice>{notice}</Notice>}
      <SignIn
        locale={locale}
        view={view}
        onViewChange={(next) => navigate(FORM_PATHS[next])}
        redirectUri={`${location.origin}${CALLBACK}`}
        returnTo={wanted}
        reason={reason}
        onSignedIn={({ returnTo = wanted }) => {
          navigate(returnTo, { replace: true });
          if (!isForm(returnTo) || !goBack()) onSignedIn();
        }}
      />
    </StartPage>
  );
}
