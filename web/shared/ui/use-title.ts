import { useEffect } from 'react';
import { pageData } from '../page-data.ts';

/** The title of the window. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${pageData.product.name}`;
  }, [title]);
}
