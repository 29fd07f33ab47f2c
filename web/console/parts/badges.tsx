import type { ReactNode } from 'react';
import { Badge } from '../../shared/ui/badge.tsx';
import './badges.css';

export interface BadgesProps {
  readonly of: readonly string[];
  /** Before them. */
  readonly children?: ReactNode;
}

/** Words about a thing, side by side. */
export const Badges = ({ of: names, children }: BadgesProps) => (
  <span className="badges">
    {children}
    {names.map((name) => (
      <Badge key={name}>{name}</Badge>
    ))}
  </span>
);
