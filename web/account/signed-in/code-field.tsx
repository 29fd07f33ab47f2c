import { Field, type FieldProps } from '../../shared/ui/field.tsx';

/** For a code of digits, which phones suggest. */
export const CodeField = (props: Omit<FieldProps, 'name'>) => (
  <Field className="code" name="code" inputMode="numeric" autoComplete="one-time-code" required {...props} />
);
