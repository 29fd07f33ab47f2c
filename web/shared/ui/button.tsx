import type { ComponentProps } from 'react';

export interface ButtonProps extends ComponentProps<'button'> {
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
  <button type={type} className={`button ${look} ${className}`.trimEnd()} {...props}>
    {children}
    {subject && <span className="hidden"> {subject}</span>}
  </button>
);
