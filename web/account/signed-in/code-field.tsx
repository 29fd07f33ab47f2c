import type { FormErrors } from '@latchkey/client';
import { Field, type FieldProps } from '../../shared/ui/field.tsx';

/** For a code of digits, which phones suggest. */
export const CodeField = (props: Omit<FieldProps, 'name'>) => (
  <Field className="code" name="code" inputMode="numeric" autoComplete="one-time-code" required {...props} />
);

/** The problem of a form as one of its code. */
export const ofCode = ({ form = '', ...errors }: FormErrors): FormErrors => ({ ...errors, fields: { code: form } });
