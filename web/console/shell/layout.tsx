import type { ReactNode } from 'react';
import { Brand } from '../../shared/ui/brand.tsx';
import { SkipLink } from '../../shared/ui/skip-link.tsx';
import { Menu } from './menu.tsx';
import { PhoneMenu } from './phone-menu.tsx';

/** The menu beside the page, or behind a button on a phone. */
export function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="console">
      <SkipLink />
      <header className="console-top">
        <Brand />
        <PhoneMenu />
      </header>
      <header className="console-side">
        <Brand />
        <Menu />
      </header>
      <main id="content" tabIndex={-1} className="console-main">
        {children}
      </main>
    </div>
  );
}
