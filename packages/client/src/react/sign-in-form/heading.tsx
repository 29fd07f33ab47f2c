import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef } from 'react';

/** The heading that was shown last. */
export const HeadingContext = createContext<RefObject<string | undefined>>({ current: undefined });

interface HeadingProps {
  readonly children: string;
  /** Tells steps with the same heading apart. */
  readonly about?: string;
  /** Said with the heading. */
  readonly hint?: ReactNode;
}

/** Gets the focus when the step changes, so that screen readers read it and the keyboard goes on from there. */
export function Heading({ children, about = '', hint }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useContext(HeadingContext);
  const shown = children + about;
  useEffect(() => {
    if (last.current !== undefined && last.current !== shown) heading.current?.focus();
    last.current = shown;
  }, [last, shown]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {hint && <p className="lk-lead">{hint}</p>}
    </>
  );
}
