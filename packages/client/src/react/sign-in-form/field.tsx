import { type ChangeEvent, type ComponentProps, type ReactNode, useContext, useId, useRef, useState } from 'react';
import { ProblemsContext } from './form.tsx';
import { useWords } from './words.ts';

interface FieldProps extends ComponentProps<'input'> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Other names under which its problem is reported. */
  readonly aliases?: readonly string[] | undefined;
  /** Beside the input. */
  readonly children?: ReactNode;
}

/** An input with its label, and with its hint and problem where screen readers find them. */
export function Field({ label, hint, aliases = [], children, ...input }: FieldProps) {
  const id = useId();
  const problems = useContext(ProblemsContext);
  const problem = [input.name, ...aliases].map((name) => problems[name]).find(Boolean);
  return (
    <div className="lk-field">
      <label htmlFor={id}>{label}</label>
      <div className="lk-input">
        <input
          id={id}
          required
          spellCheck={false}
          autoCapitalize="none"
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}h ${id}p`}
          {...input}
        />
        {children}
      </div>
      {problem && (
        <p className="lk-problem" id={`${id}p`}>
          {problem}
        </p>
      )}
      {hint && (
        <p className="lk-hint" id={`${id}h`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A password that can be shown. */
export function PasswordField(props: FieldProps) {
  const words = useWords();
  const [isShown, show] = useState(false);
  const label = isShown ? words.hidePassword : words.showPassword;
  return (
    <Field type={isShown ? 'text' : 'password'} {...props}>
      <button type="button" className="lk-eye" aria-label={label} title={label} onClick={() => show(!isShown)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z" />
          <circle cx="12" cy="12" r="3" />
          {isShown && <path d="M4 20 20 4" />}
        </svg>
      </button>
    </Field>
  );
}

interface CodeFieldProps extends FieldProps {
  /** The number of digits, at which the form is sent. */
  readonly length?: number | undefined;
}

/** A code that was sent, or that an app shows. */
export function CodeField({ length, ...props }: CodeFieldProps) {
  const last = useRef('');
  function check({ currentTarget: { value, form } }: ChangeEvent<HTMLInputElement>): void {
    const digits = value.replace(/\P{Nd}/gu, '');
    const isNew = digits !== last.current;
    last.current = digits;
    if (isNew && digits.length === length) form?.requestSubmit?.();
  }
  return <Field className="lk-code" inputMode="numeric" autoComplete="one-time-code" onChange={check} {...props} />;
}
