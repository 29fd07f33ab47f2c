import { type ReactNode, useEffect } from 'react';
import { pageData } from '../shared/page-data.ts';
import { Brand } from '../shared/ui/brand.tsx';
import { Language } from '../shared/ui/language.tsx';
import { useAccountWords } from './words.ts';

/** A page with one thing to do: the product, the language, and where to get help. */
export function StartPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const words = useAccountWords();
  const { name, support } = pageData.product;
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <main className="narrow">
      <header className="top">
        <Brand />
        <Language />
      </header>
      {children}
      {support && <p className="quiet-text">{words.support.replace('{contact}', () => support)}</p>}
    </main>
  );
}
