import type { FormErrors } from '@latchkey/client';
import type { ComponentProps, ReactNode } from 'react';

interface FormProps {
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** Gets the value of each field, and of the button with a name. */
  onSubmit(values: Readonly<Record<string, string>>): void;
  readonly children: ReactNode;
}

/** A form that shows the problems that belong to no field, and cannot be sent twice. */
export function Form({ errors, isPending, onSubmit, children }: FormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent as SubmitEvent;
        onSubmit(Object.fromEntries(new FormData(event.currentTarget, submitter)) as Record<string, string>);
      }}
    >
      <fieldset disabled={isPending}>{children}</fieldset>
      <Problem text={errors.form} />
    </form>
  );
}

interface FieldProps extends ComponentProps<'input'> {
  readonly name: string;
  readonly label: string;
  readonly errors: FormErrors;
}

export function Field({ label, errors, ...input }: FieldProps) {
  const problem = errors.fields[input.name];
  return (
    <label>
      {label}
      <input {...input} aria-invalid={problem !== undefined} />
      <Problem text={problem} />
    </label>
  );
}

export const Problem = ({ text }: { readonly text: string | undefined }) =>
  text === undefined ? null : (
    <span className="problem" role="alert">
      {text}
    </span>
  );
