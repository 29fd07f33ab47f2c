import type { ReactNode } from 'react';
import { PageTitle } from '../../shared/ui/page-title.tsx';
import './page-header.css';

export interface PageHeaderProps {
  readonly title: string;
  /** Beside the title, such as the state of what the page shows. */
  readonly beside?: ReactNode;
  /** At the end of the line, such as a button. */
  readonly actions?: ReactNode;
  /** Below, such as what the page is for. */
  readonly children?: ReactNode;
}

/** The heading of a page, with what belongs to it. */
export const PageHeader = ({ title, beside, actions, children }: PageHeaderProps) => (
  <header className="page-header">
    <div className="page-heading">
      <div className="page-name">
        <PageTitle>{title}</PageTitle>
        {beside}
      </div>
      {actions}
    </div>
    {children}
  </header>
);
