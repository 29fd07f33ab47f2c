import type { ReactNode } from 'react';
import './facts.css';

export interface FactsProps {
  /** Names and values. Those without a value are left out. */
  readonly of: Readonly<Record<string, ReactNode>>;
  /** `rows`: values beside their names. `columns`: below them, in as many columns as there is space for. */
  readonly look?: 'rows' | 'columns';
}

const hasValue = (value: ReactNode): boolean =>
  value !== null && value !== undefined && value !== false && value !== '';

export const Facts = ({ of: facts, look = 'columns' }: FactsProps) => (
  <dl className={`facts ${look}`}>
    {Object.entries(facts)
      .filter(([, value]) => hasValue(value))
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
