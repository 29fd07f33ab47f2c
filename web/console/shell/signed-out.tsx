import { useEffect } from 'react';
import { keepPath } from './path.ts';
import { StartPage } from './start-page.tsx';
import { useShellWords } from './words.ts';

export function SignedOut() {
  const words = useShellWords();
  useEffect(keepPath, []);
  return (
    <StartPage title={words.signIn}>
      <a className="button primary" href="/account">
        {words.signIn}
      </a>
    </StartPage>
  );
}
