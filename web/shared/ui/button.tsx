import type { ComponentProps } from 'react';
import { useFocusOnRemoval } from './use-focus-on-removal.ts';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'ref'> {
  /** `primary`: the one action that a page is for. `danger`: what cannot be undone. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  /** What it is about, for users who do not see what it stands beside: `Change Email address`. */
  readonly subject?: string | undefined;
}

export const Button = ({
  look = 'plain',
  type = 'button',
  className = '',
  subject,
  children,
  ...props
}: ButtonProps) => (
  <button ref={useFocusOnRemoval()} type={type} className={`button ${look} ${className}`.trimEnd()} {...props}>
    {children}
    {subject && <span className="hidden"> {subject}</span>}
  </button>
);
