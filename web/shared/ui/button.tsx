import type { ComponentProps } from 'react';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: the one action that a page is for. `danger`: what cannot be undone. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
}

export const Button = ({ look = 'plain', type = 'button', className = '', ...props }: ButtonProps) => (
  <button type={type} className={`button ${look} ${className}`.trimEnd()} {...props} />
);
