import { pageData } from '../../shared/page-data.ts';
import { NoAccess } from './no-access.tsx';
import { useShellWords } from './words.ts';

/** For an administrator whose session has no second factor, where ADMIN_SECOND_FACTOR requires one. */
export function SecondFactor() {
  const { secondFactor: words } = useShellWords();
  return (
    <NoAccess
      title={words.title}
      action={
        pageData.pages.account && (
          <a className="button primary" href="/account/security">
            {words.setUp}
          </a>
        )
      }
    >
      <p>{words.text}</p>
      <p>{words.next}</p>
    </NoAccess>
  );
}
