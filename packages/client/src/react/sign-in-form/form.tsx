import { createContext, type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { FormErrors } from '../../form-errors.ts';
import { useRetryAfter } from '../use-countdown.ts';
import { useOwnWords } from '../use-own-words.ts';
import { Countdown } from './countdown.tsx';
import { useCurrentLanguage, type Words } from './words.ts';

export type Values = Readonly<Record<string, string>>;

export interface FormProps {
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** The names of the fields. Other problems are shown above the form. */
  readonly fields: readonly string[];
  /** The text of the button. */
  readonly submit: string;
  /** Seconds until it can be sent. */
  readonly wait?: number | undefined;
  onSubmit(values: Values): void;
  readonly children?: ReactNode;
}

/** The problem of each field. */
export const ProblemsContext = createContext<Values>({});

/** A form that shows its problems, and cannot be sent twice or too early. */
export function Form({ errors, isPending, fields, submit, wait: least = 0, onSubmit, children }: FormProps) {
  const { locale, words } = useCurrentLanguage();
  const form = useRef<HTMLFormElement>(null);
  const [empty, setEmpty] = useState<readonly string[]>([]);
  const shown = useOwnWords(errors, locale, words);
  const retryAfter = useRetryAfter(errors);
  const wait = Math.max(retryAfter, least);
  // The text of a rate limit names the time that is over then.
  const alert = errors.retryAfter && !retryAfter ? undefined : problemOf(shown, fields, words);
  const problems = useMemo(
    () => ({ ...shown.fields, ...Object.fromEntries(empty.map((name) => [name, words.required])) }),
    [shown, empty, words],
  );
  useEffect(() => {
    if (Object.keys(errors.fields).length + empty.length === 0) return;
    const wrong = form.current?.querySelector<HTMLInputElement>('[aria-invalid]');
    wrong?.focus();
    if (wrong?.inputMode === 'numeric') wrong.select();
  }, [errors, empty]);

  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (isPending || wait > 0) return;
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Values; // There are no files.
    const missing = fields.filter((name) => values[name] === '');
    setEmpty(missing);
    if (missing.length === 0) onSubmit(values);
  }

  return (
    <form ref={form} noValidate aria-busy={isPending} onSubmit={send}>
      <div role="alert">{alert && <p className="lk-alert">{alert}</p>}</div>
      <ProblemsContext.Provider value={problems}>{children}</ProblemsContext.Provider>
      {/* A disabled button would lose the focus. */}
      <button className="lk-button lk-primary" type="submit" aria-disabled={isPending || wait > 0}>
        {submit}
      </button>
      <Countdown seconds={wait} />
    </form>
  );
}

function problemOf({ form, code, fields }: FormErrors, shown: readonly string[], words: Words): string | undefined {
  if (code) return (words.errors as Values)[code] ?? words.errors.OTHER;
  return form ?? Object.entries(fields).find(([name]) => !shown.includes(name))?.[1];
}
