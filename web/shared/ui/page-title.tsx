import { type ReactNode, useEffect, useRef } from 'react';
import { useTitle } from './use-title.ts';

let isFirst = true;

/** The heading of a page. After a navigation it has the focus, so that screen readers read where the user is. */
export function PageTitle({
  children,
  title = String(children),
}: {
  readonly children: ReactNode;
  readonly title?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  useTitle(title);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
