import type { ReactNode } from 'react';
import { NarrowPage } from '../../shared/ui/narrow-page.tsx';
import { useShellWords } from './words.ts';

export interface StartPageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page without the menu: the user has no access to the others yet. Its content has the heading. */
export function StartPage({ title, children }: StartPageProps) {
  const words = useShellWords();
  return (
    <NarrowPage title={title} subtitle={words.console}>
      {children}
    </NarrowPage>
  );
}
