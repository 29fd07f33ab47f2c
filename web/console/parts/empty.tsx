import type { ReactNode } from 'react';
import './empty.css';

/** In place of a list without entries. */
export const Empty = ({ children }: { readonly children: ReactNode }) => (
  <p className="empty" role="status">
    {children}
  </p>
);
