import type { ReactNode } from 'react';
import './badge.css';

/** A word about a thing, such as its state. */
export const Badge = ({
  look = 'plain',
  children,
}: {
  readonly look?: 'plain' | 'good' | 'bad';
  readonly children: ReactNode;
}) => <span className={`badge ${look}`}>{children}</span>;
