import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Field, type FieldProps } from '../../shared/ui/field.tsx';

/** Milliseconds without a letter after which a text counts. */
const PAUSE = 300;

export interface TextFilterProps extends Omit<FieldProps, 'value' | 'onChange' | 'onBlur' | 'onKeyDown'> {
  readonly value: string;
  /** Whether it counts as soon as the user pauses. Otherwise only when it is complete. */
  readonly isLive?: boolean;
  /** Called once for each text that counts. */
  onChange(value: string): void;
}

/** A text that counts when the user presses Enter or leaves the field. Follows a value that is changed elsewhere. */
export function TextFilter({ value, isLive = false, onChange, ...props }: TextFilterProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const latest = useRef(onChange);
  latest.current = onChange;

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
    if (!isLive) return;
    const timer = setTimeout(() => send(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [isLive, text, send]);

  function onKeyDown({ key }: KeyboardEvent) {
    if (key !== 'Enter') return;
    // A text that was refused can be sent again.
    sent.current = value;
    send(text.trim());
  }
  return (
    <Field
      autoComplete="off"
      spellCheck={false}
      {...props}
      value={text}
      onChange={(event) => setText(event.target.value)}
      // At once: a click on a link must not be followed by the address of the search.
      onBlur={() => send(text.trim())}
      onKeyDown={onKeyDown}
    />
  );
}
