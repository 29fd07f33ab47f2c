import type { FormErrors } from '@latchkey/client';
import { useRetryAfter } from '@latchkey/client/react';
import {
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Countdown } from '../countdown.tsx';
import { useFormText, useProblems, useSharedWords } from '../shared-words.ts';
import { Button, type ButtonProps } from './button.tsx';
import { Notice } from './notice.tsx';

type Values = Readonly<Record<string, string>>;

export interface FormProps {
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** The values by the names of the fields. Not called while a field with `required` is empty. */
  onSubmit(values: Values): void;
  readonly children: ReactNode;
}

interface Status {
  readonly isPending: boolean;
  /** Seconds until it can be sent again. */
  readonly wait: number;
  /** Problems by the names of the fields. */
  readonly problems: Values;
}

/** The status of the form around a field or a button. */
export const FormStatus = createContext<Status>({ isPending: false, wait: 0, problems: {} });

/** A form that shows its problems at its fields, the others above them, and moves the focus to the first wrong field. */
export function Form({ errors, isPending, onSubmit, children }: FormProps) {
  const words = useSharedWords();
  const form = useRef<HTMLFormElement>(null);
  const shown = useProblems(errors);
  const [missing, setMissing] = useState<readonly string[]>([]);
  /** A field with a problem that this form does not have. */
  const [orphan, setOrphan] = useState<string>();
  const wait = useRetryAfter(errors);
  // The text of a limit names a time. It is not shown when that is over.
  const isOver = errors.retryAfter !== undefined && wait === 0;
  const text = useFormText(errors) ?? (orphan && shown.fields[orphan]);
  const problems = useMemo(
    () => ({ ...shown.fields, ...Object.fromEntries(missing.map((name) => [name, words.required])) }),
    [shown, missing, words],
  );
  useLayoutEffect(() => {
    const hasNoField = (name: string) => form.current && !form.current.elements.namedItem(name);
    setOrphan(Object.keys(errors.fields).find(hasNoField));
  }, [errors]);
  useEffect(() => {
    const isWrong = Object.keys(errors.fields).length + missing.length > 0;
    if (isWrong) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [errors, missing]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // For React, a form in a dialog is inside of the form that has opened it.
    event.stopPropagation();
    if (isPending || wait > 0) return;
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)] as const);
    const empty = entries.filter(([name, value]) => value.trim() === '' && isRequired(event.currentTarget, name));
    setMissing(empty.map(([name]) => name));
    if (empty.length === 0) onSubmit(Object.fromEntries(entries));
  }
  return (
    <form ref={form} onSubmit={submit} noValidate aria-busy={isPending}>
      {text && !isOver && <Notice look="bad">{text}</Notice>}
      <FormStatus value={useMemo(() => ({ isPending, wait, problems }), [isPending, wait, problems])}>
        {children}
      </FormStatus>
    </form>
  );
}

function isRequired(form: HTMLFormElement, name: string): boolean {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement && field.required;
}

/** The button that sends the form: not twice, and not before a limit allows it. */
export function Submit({ look = 'primary', children, ...props }: Omit<ButtonProps, 'type'>) {
  const { isPending, wait } = useContext(FormStatus);
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
