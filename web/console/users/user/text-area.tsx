import type { ComponentProps, ReactNode } from 'react';
import { Labelled } from '../../../shared/ui/field.tsx';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  readonly label: string;
  readonly hint?: ReactNode;
}

export const TextArea = ({ label, hint, ...props }: TextAreaProps) => (
  <Labelled label={label} hint={hint} name={props.name}>
    {(attributes) => <textarea rows={4} spellCheck={false} {...attributes} {...props} />}
  </Labelled>
);
