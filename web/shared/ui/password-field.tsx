import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useSharedWords } from '../shared-words.ts';
import { Field, type FieldProps } from './field.tsx';

/** A password that can be shown. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'after'>) {
  const words = useSharedWords();
  const [isShown, show] = useState(false);
  const label = isShown ? words.hidePassword : words.showPassword;
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="none"
      after={
        <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => show(!isShown)}>
          <Icon aria-hidden size={20} />
        </button>
      }
    />
  );
}
