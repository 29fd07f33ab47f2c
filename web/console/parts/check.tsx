import type { ComponentProps } from 'react';
import './check.css';

export interface CheckProps extends Omit<ComponentProps<'input'>, 'type'> {
  readonly label: string;
}

/** A checkbox with its label. */
export const Check = ({ label, ...props }: CheckProps) => (
  <label className="check">
    <input type="checkbox" {...props} />
    {label}
  </label>
);
