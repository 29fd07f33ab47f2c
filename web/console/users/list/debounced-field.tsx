import { useCallback, useEffect, useRef, useState } from 'react';
import { Field, type FieldProps } from '../../../shared/ui/field.tsx';

/** Milliseconds without a letter after which the value counts. */
const PAUSE = 300;

interface DebouncedFieldProps extends Omit<FieldProps, 'value' | 'onChange'> {
  readonly value: string;
  onValue(value: string): void;
}

/** A field whose value counts when the user stops to type, or leaves it. Follows a value that is changed elsewhere. */
export function DebouncedField({ value, onValue, ...props }: DebouncedFieldProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const latest = useRef(onValue);
  latest.current = onValue;

  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  const send = useCallback((next: string) => {
    if (next === sent.current) return;
    sent.current = next;
    latest.current(next);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => send(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text, send]);
  return (
    <Field
      {...props}
      value={text}
      onChange={(event) => setText(event.target.value)}
      // A click on a link must not be followed by the address of the search.
      onBlur={() => send(text.trim())}
    />
  );
}
