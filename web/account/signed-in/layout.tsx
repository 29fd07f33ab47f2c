import { useAction } from '@latchkey/client/react';
import {
  ArrowLeft,
  History,
  KeyRound,
  LayoutDashboard,
  LogOut,
  type LucideIcon,
  MonitorSmartphone,
  UserRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { pageData } from '../../shared/page-data.ts';
import { useFormText } from '../../shared/shared-words.ts';
import { Brand } from '../../shared/ui/brand.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Language } from '../../shared/ui/language.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { SkipLink } from '../../shared/ui/skip-link.tsx';
import { goBack, hasReturnTo } from '../return-to.ts';
import { useAccountWords } from '../words.ts';
import { useMe } from './queries.ts';
import { useSignedInWords } from './words.ts';

const PAGES = [
  ['/', 'profile', UserRound],
  ['/security', 'security', KeyRound],
  ['/devices', 'devices', MonitorSmartphone],
  ['/activity', 'activity', History],
] as const;

/** What surrounds each page: the product, the language, the way to the other pages and out. */
export function Layout({ notice, children }: { readonly notice: string | undefined; readonly children: ReactNode }) {
  const words = useSignedInWords();
  const { support, backToApp } = useAccountWords();
  const logout = useAction('logout');
  const problem = useFormText(logout.errors) ?? notice;
  const { data: me } = useMe();
  const { pages, product } = pageData;
  return (
    <div className="account">
      <SkipLink />
      <header className="top">
        <Brand />
        <div className="top-actions">
          <Language />
          <Button look="quiet" aria-disabled={logout.isPending} onClick={() => logout.isPending || void logout.run()}>
            <LogOut aria-hidden size={18} />
            {words.signOut}
          </Button>
        </div>
      </header>
      <div className="columns">
        <nav aria-label={words.navigation}>
          {PAGES.map(([path, name, icon]) => (
            <NavLink key={path} path={path} icon={icon}>
              {words[name]}
            </NavLink>
          ))}
          {pages.console && me && me.roles.length > 0 && (
            <a href="/console">
              <LayoutDashboard aria-hidden size={18} />
              {words.console}
            </a>
          )}
        </nav>
        <main id="content" tabIndex={-1}>
          {problem && <Notice look="bad">{problem}</Notice>}
          {hasReturnTo() && (
            <Button className="back" onClick={goBack}>
              <ArrowLeft aria-hidden size={18} />
              {backToApp}
            </Button>
          )}
          {children}
          {product.support && <p className="quiet-text">{support.replace('{contact}', () => product.support ?? '')}</p>}
        </main>
      </div>
    </div>
  );
}

interface NavLinkProps {
  readonly path: string;
  readonly icon: LucideIcon;
  readonly children: ReactNode;
}

function NavLink({ path, icon: Icon, children }: NavLinkProps) {
  const [isCurrent] = useRoute(path);
  return (
    <Link href={path} aria-current={isCurrent ? 'page' : undefined}>
      <Icon aria-hidden size={18} />
      {children}
    </Link>
  );
}
