import { useAction } from '@latchkey/client/react';
import { useFormText } from '../shared-words.ts';
import { Button, type ButtonProps } from './button.tsx';
import { Notice } from './notice.tsx';

/** Signs out, or says why it could not: the user must not believe it otherwise. */
export function SignOutButton(props: Omit<ButtonProps, 'onClick'>) {
  const { run, errors, isPending } = useAction('logout');
  const problem = useFormText(errors);
  return (
    <>
      <Button {...props} aria-disabled={isPending} onClick={() => isPending || void run()} />
      {problem && <Notice look="bad">{problem}</Notice>}
    </>
  );
}
