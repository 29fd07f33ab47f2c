import { useLatchkey } from '@latchkey/client/react';
import { pageData } from '../../shared/page-data.ts';
import { Button } from '../../shared/ui/button.tsx';
import { StartCard } from './start-page.tsx';
import { useShellWords } from './words.ts';

/** For an administrator whose session has no second factor, where ADMIN_SECOND_FACTOR requires one. */
export function SecondFactor() {
  const latchkey = useLatchkey();
  const { secondFactor, signOut } = useShellWords();
  return (
    <StartCard title={secondFactor.title}>
      <p>{secondFactor.text}</p>
      <p>{secondFactor.next}</p>
      <div className="actions">
        {pageData.pages.account && (
          <a className="button primary" href="/account/security">
            {secondFactor.setUp}
          </a>
        )}
        <Button onClick={() => location.reload()}>{secondFactor.retry}</Button>
        <Button look="quiet" onClick={() => void latchkey.logout()}>
          {signOut}
        </Button>
      </div>
    </StartCard>
  );
}
