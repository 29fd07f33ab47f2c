import { type ComponentProps, type ReactNode, useContext, useId } from 'react';
import { FormStatus } from './form.tsx';
import './field.css';

interface LabelledProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value. By default what its form knows. */
  readonly error?: string | undefined;
  readonly name?: string | undefined;
  /** Renders the control with these attributes. */
  children(attributes: Pick<ComponentProps<'input'>, 'id' | 'aria-invalid' | 'aria-describedby'>): ReactNode;
}

/** A control with its label, hint and error, which screen readers read together. */
export function Labelled({ label, hint, error: given, name = '', children }: LabelledProps) {
  const id = useId();
  const { problems } = useContext(FormStatus);
  const error = given ?? problems[name];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined,
      })}
      {error && (
        <p id={`${id}-error`} className="error">
          {error}
        </p>
      )}
    </div>
  );
}

type OwnProps = Pick<LabelledProps, 'label' | 'hint' | 'error'>;

export interface FieldProps extends Omit<ComponentProps<'input'>, 'id'>, OwnProps {
  /** At the end of the input, such as a button. */
  readonly after?: ReactNode;
}

export const Field = ({ label, hint, error, after, ...props }: FieldProps) => (
  <Labelled {...{ label, hint, error, name: props.name }}>
    {(attributes) => (
      <div className="input">
        {/* Names are written in the direction of their letters. */}
        <input dir="auto" {...attributes} {...props} />
        {after}
      </div>
    )}
  </Labelled>
);

export type SelectFieldProps = Omit<ComponentProps<'select'>, 'id'> & OwnProps;

export const SelectField = ({ label, hint, error, ...props }: SelectFieldProps) => (
  <Labelled {...{ label, hint, error, name: props.name }}>
    {(attributes) => <select {...attributes} {...props} />}
  </Labelled>
);
