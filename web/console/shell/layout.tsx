import type { ReactNode } from 'react';
import { Brand } from '../../shared/ui/brand.tsx';
import { Menu } from './menu.tsx';
import { PhoneMenu } from './phone-menu.tsx';
import { useShellWords } from './words.ts';

/** The menu beside the page, or behind a button on a phone. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const words = useShellWords();
  return (
    <div className="console">
      <a className="skip button" href="#content">
        {words.skip}
      </a>
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
