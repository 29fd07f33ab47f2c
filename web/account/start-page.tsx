import type { ReactNode } from 'react';
import { pageData } from '../shared/page-data.ts';
import { NarrowPage } from '../shared/ui/narrow-page.tsx';
import { useAccountWords } from './words.ts';

/** A page with one thing to do, and where to get help. */
export function StartPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const words = useAccountWords();
  const { support } = pageData.product;
  return (
    <NarrowPage title={title}>
      {children}
      {support && <p className="quiet-text">{words.support.replace('{contact}', () => support)}</p>}
    </NarrowPage>
  );
}
