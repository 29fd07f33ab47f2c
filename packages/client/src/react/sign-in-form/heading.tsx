import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef } from 'react';

/** The step whose heading was shown last. */
export const HeadingContext = createContext<RefObject<string | undefined>>({ current: undefined });

interface HeadingProps {
  /** The same in all languages. */
  readonly step: string;
  readonly children: string;
  readonly hint?: ReactNode;
}

/** Gets the focus when the step changes, so that screen readers read it and the keyboard goes on from there. */
export function Heading({ step, children, hint }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useContext(HeadingContext);
  useEffect(() => {
    if (last.current !== undefined && last.current !== step) heading.current?.focus();
    last.current = step;
  }, [last, step]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {hint && <p className="lk-lead">{hint}</p>}
    </>
  );
}
