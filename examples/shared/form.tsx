import type { FormErrors } from '@latchkey/client';
import { type ComponentProps, type ReactNode, useId } from 'react';

interface FormProps {
  readonly errors: FormErrors;
  readonly isPending: boolean;
  /** Gets the value of each field. */
  onSubmit(values: Readonly<Record<string, string>>): void;
  readonly children: ReactNode;
}

/** A form that shows the problems that belong to no field, and cannot be sent twice. */
export function Form({ errors, isPending, onSubmit, children }: FormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>);
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
  /** Other names under which a problem of this field is reported. */
  readonly aliases?: readonly string[];
}

/** An input with its label, and its problem where screen readers find it. */
export function Field({ label, errors, aliases = [], ...input }: FieldProps) {
  const id = useId();
  const problem = [input.name, ...aliases].map((name) => errors.fields[name]).find((text) => text !== undefined);
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input id={id} required aria-invalid={problem !== undefined} aria-describedby={`${id}-problem`} {...input} />
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  );
}

export const Problem = ({ id, text }: { readonly id?: string; readonly text: string | undefined }) =>
  text === undefined ? null : (
    <p className="problem" role="alert" id={id}>
      {text}
    </p>
  );

/** A field for a code that was sent or that an app shows. */
export const CodeField = (props: Omit<FieldProps, 'inputMode' | 'autoComplete'>) => (
  <Field inputMode="numeric" autoComplete="one-time-code" {...props} />
);
