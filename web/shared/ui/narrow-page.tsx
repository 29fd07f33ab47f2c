import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';
import { Language } from './language.tsx';
import { useTitle } from './use-title.ts';

export interface NarrowPageProps {
  readonly title: string;
  /** Beside the name of the product. */
  readonly subtitle?: string;
  readonly children: ReactNode;
}

/** A page with one thing to do. Its content has the heading. */
export function NarrowPage({ title, subtitle, children }: NarrowPageProps) {
  useTitle(title);
  return (
    <main className="narrow">
      <header className="top">
        <span className="top-name">
          <Brand />
          {subtitle && <span className="quiet-text">{subtitle}</span>}
        </span>
        <Language />
      </header>
      {children}
    </main>
  );
}
