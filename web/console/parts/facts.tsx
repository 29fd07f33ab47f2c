import type { ReactNode } from 'react';

/** Names and values. Those without a value are left out. */
export const Facts = ({ of: facts }: { readonly of: Readonly<Record<string, ReactNode>> }) => (
  <dl className="details">
    {Object.entries(facts)
      .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
