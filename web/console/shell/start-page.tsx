import { type ReactNode, useEffect } from 'react';
import { pageData } from '../../shared/page-data.ts';
import { Brand } from '../../shared/ui/brand.tsx';
import { Language } from '../../shared/ui/language.tsx';
import { useShellWords } from './words.ts';

/** A page without the menu: the user has no access to the others yet. Its content has the heading. */
export function StartPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { console: name } = useShellWords();
  useEffect(() => {
    document.title = `${title} · ${pageData.product.name}`;
  }, [title]);
  return (
    <main className="narrow">
      <header className="top">
        <span className="start-brand">
          <Brand />
          <span className="quiet-text">{name}</span>
        </span>
        <Language />
      </header>
      {children}
    </main>
  );
}

/** With a heading and a text. */
export const StartCard = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <StartPage title={title}>
    <div className="card">
      <h1>{title}</h1>
      {children}
    </div>
  </StartPage>
);
