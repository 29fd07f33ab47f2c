import { useAction } from '@latchkey/client/react';
import { CircleUser, LogOut } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { pageData } from '../../shared/page-data.ts';
import { useFormText } from '../../shared/shared-words.ts';
import { Language } from '../../shared/ui/language.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { PAGES } from './pages.ts';
import { hasRole, nameOf, useViewer } from './viewer.ts';
import { useShellWords } from './words.ts';

/** The pages that the user's role allows, and what concerns their own account. */
export function Menu({ onLeave }: { onLeave?: () => void }) {
  const { run: logout, errors, isPending } = useAction('logout');
  const problem = useFormText(errors);
  const viewer = useViewer();
  const words = useShellWords();
  const [path] = useLocation();
  const isCurrent = (entry: string) => path === entry || (entry !== '/console' && path.startsWith(`${entry}/`));
  return (
    <>
      <nav className="menu" aria-label={words.navigation}>
        {PAGES.map(
          ({ path, name, role, icon: Icon }) =>
            Icon &&
            hasRole(viewer, role) && (
              <Link key={path} href={path} aria-current={isCurrent(path) ? 'page' : undefined} onClick={onLeave}>
                <Icon size={18} aria-hidden />
                {words.pages[name]}
              </Link>
            ),
        )}
      </nav>
      <div className="menu menu-own">
        <p className="viewer">
          <span className="break">{nameOf(viewer)}</span>
          <span className="hint">{words.roles[hasRole(viewer, 'ADMIN') ? 'ADMIN' : 'STAFF']}</span>
        </p>
        {pageData.pages.account && (
          <a href="/account">
            <CircleUser size={18} aria-hidden />
            {words.account}
          </a>
        )}
        <button type="button" aria-disabled={isPending} onClick={() => isPending || void logout()}>
          <LogOut size={18} aria-hidden />
          {words.signOut}
        </button>
        {problem && <Notice look="bad">{problem}</Notice>}
        <Language />
      </div>
    </>
  );
}
