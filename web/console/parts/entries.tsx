import type { ReactNode } from 'react';
import './entries.css';

export interface EntriesProps {
  readonly label: string;
  /** The entries of the page before are still shown. */
  readonly areOld?: boolean;
  readonly children: ReactNode;
}

/** The entries of a log. */
export const Entries = ({ label, areOld = false, children }: EntriesProps) => (
  <ol className="entries" aria-label={label} aria-busy={areOld}>
    {children}
  </ol>
);

export interface EntryProps {
  /** What it is: its `entry-name` and more. */
  readonly main: ReactNode;
  /** At the end of the line: whom it is about, and when. */
  readonly side: ReactNode;
  /** In a line of its own. */
  readonly note?: ReactNode;
  /** Beside it, such as a button. */
  readonly actions?: ReactNode;
  /** Whether its details are shown from the start. */
  readonly isOpen?: boolean;
  /** The details. */
  readonly children: ReactNode;
}

export const Entry = ({ main, side, note, actions, isOpen = false, children }: EntryProps) => (
  <li className="entry">
    <details open={isOpen}>
      <summary>
        <span className="entry-main">{main}</span>
        <span className="entry-side">{side}</span>
        {note && <span className="entry-note">{note}</span>}
      </summary>
      {children}
    </details>
    {actions}
  </li>
);
