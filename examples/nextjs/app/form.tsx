'use client';

import { type FormErrors, formErrors, LatchkeyError } from '@latchkey/client';
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useId, useState } from 'react';

type Result = Parameters<typeof formErrors>[0];

const Errors = createContext<FormErrors>({ fields: {} });

interface FormProps {
  /** The label of its button. */
  action: string;
  /** Sends the form. Its result is shown if it is a problem. */
  send(values: FormData): Promise<Result>;
  children: ReactNode;
}

export function Form({ action, send, children }: FormProps) {
  const [errors, setErrors] = useState<FormErrors>({ fields: {} });
  const [isSending, setSending] = useState(false);
  // The server's HTML is shown before the script runs. Until then the browser would send the form by itself.
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setSending(true);
    try {
      setErrors(formErrors(await send(new FormData(event.currentTarget))) ?? { fields: {} });
    } catch (error) {
      setErrors({ fields: {}, form: error instanceof LatchkeyError ? error.message : 'Please try again.' });
    }
    setSending(false);
  }

  return (
    <form onSubmit={submit} method="post">
      <Errors value={errors}>{children}</Errors>
      {errors.form && <p role="alert">{errors.form}</p>}
      <button type="submit" disabled={!isReady || isSending}>
        {action}
      </button>
    </form>
  );
}

interface FieldProps {
  label: string;
  name: string;
  type?: string;
  autoComplete: string;
}

export function Field({ label, name, type = 'text', autoComplete }: FieldProps) {
  const id = useId();
  const error = useContext(Errors).fields[name];
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-error`}
        required
      />
      <span id={`${id}-error`} role="alert">
        {error}
      </span>
    </p>
  );
}

export const textOf = (values: FormData, name: string): string => String(values.get(name) ?? '');
