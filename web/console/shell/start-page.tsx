import type { ReactNode } from 'react';
import { Brand } from '../../shared/ui/brand.tsx';
import { Language } from '../../shared/ui/language.tsx';
import { PageTitle } from '../../shared/ui/page-title.tsx';

/** A page without the menu: the user has no access to the others yet. */
export const StartPage = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <main className="narrow">
    <header className="top">
      <Brand />
      <Language />
    </header>
    <div className="card">
      <PageTitle>{title}</PageTitle>
      {children}
    </div>
  </main>
);
