import type { FormErrors } from '@latchkey/client';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Notice } from './notice.tsx';

export interface FormProps {
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** The values by the names of the fields. */
  onSubmit(values: Readonly<Record<string, string>>): void;
  readonly children: ReactNode;
}

/** A form that shows the problem of no field above its fields, and moves the focus to the first wrong field. */
export function Form({ errors, isPending, onSubmit, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(errors.fields).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [errors]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]);
    onSubmit(Object.fromEntries(entries));
  }
  return (
    <form ref={form} onSubmit={submit} noValidate aria-busy={isPending}>
      {errors.form && <Notice look="bad">{errors.form}</Notice>}
      {children}
    </form>
  );
}
