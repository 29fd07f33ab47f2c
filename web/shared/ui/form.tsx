import type { FormErrors } from '@latchkey/client';
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { Countdown, useRetryAfter } from '../countdown.tsx';
import { useFormText } from '../shared-words.ts';
import { Button, type ButtonProps } from './button.tsx';
import { Notice } from './notice.tsx';

export interface FormProps {
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** The values by the names of the fields. */
  onSubmit(values: Readonly<Record<string, string>>): void;
  readonly children: ReactNode;
}

/** Of the form around a `Submit`. */
const Status = createContext({ isPending: false, wait: 0 });

/** A form that shows the problem of no field above its fields, and moves the focus to the first wrong field. */
export function Form({ errors, isPending, onSubmit, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const text = useFormText(errors);
  const wait = useRetryAfter(errors);
  // The text of a limit names a time. It is not shown when that is over.
  const isOver = errors.retryAfter !== undefined && wait === 0;
  useEffect(() => {
    if (Object.keys(errors.fields).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [errors]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // React also calls this for a form in a dialog that the page has inside of this form.
    event.stopPropagation();
    if (isPending || wait > 0) return;
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]);
    onSubmit(Object.fromEntries(entries));
  }
  return (
    <form ref={form} onSubmit={submit} noValidate aria-busy={isPending}>
      {text && !isOver && <Notice look="bad">{text}</Notice>}
      <Status value={useMemo(() => ({ isPending, wait }), [isPending, wait])}>{children}</Status>
    </form>
  );
}

/** The button that sends the form: not twice, and not before a limit allows it. */
export function Submit({ look = 'primary', children, ...props }: Omit<ButtonProps, 'type'>) {
  const { isPending, wait } = useContext(Status);
  return (
    <>
      {/* A disabled button would lose the focus. */}
      <Button type="submit" look={look} aria-disabled={isPending || wait > 0} {...props}>
        {children}
      </Button>
      <Countdown seconds={wait} />
    </>
  );
}
