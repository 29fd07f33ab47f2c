import type { ReactNode } from 'react';

interface ButtonProps {
  readonly children: ReactNode;
  onClick(): unknown;
  /** The button keeps the focus, which one with `disabled` would lose. */
  readonly isDisabled?: boolean;
}

export const Button = ({
  children,
  onClick,
  isDisabled = false,
  className = 'lk-button',
}: ButtonProps & { readonly className?: string }) => (
  <button type="button" className={className} aria-disabled={isDisabled} onClick={() => isDisabled || onClick()}>
    {children}
  </button>
);

interface LinkButtonProps extends ButtonProps {
  /** Text before and after the button. */
  readonly before?: string | undefined;
  readonly after?: ReactNode;
}

/** A quiet button with a line of its own. */
export const LinkButton = ({ before, after, ...props }: LinkButtonProps) => (
  <p className="lk-foot">
    {before} <Button className="lk-link" {...props} />
    {after}
  </p>
);
