import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import type { FormErrors } from '@latchkey/client';
import type { ReactNode } from 'react';
import { useSharedWords } from '../shared-words.ts';
import { Button } from './button.tsx';
import { Form, Submit } from './form.tsx';

export interface DialogProps {
  readonly title: string;
  /** What the user should know before they answer. */
  readonly description?: ReactNode;
  /** Called when the user leaves the dialog without an answer. */
  onClose(): void;
  readonly children: ReactNode;
}

/** A dialog that is open as long as it is rendered. The page behind it cannot be used. */
export const Dialog = ({ title, description, onClose, children }: DialogProps) => (
  <Base.Root open disablePointerDismissal onOpenChange={(open) => !open && onClose()}>
    <Base.Portal>
      <Base.Backdrop className="backdrop" forceRender />
      <Base.Popup className="dialog">
        <Base.Title>{title}</Base.Title>
        {description && <Base.Description render={<div />}>{description}</Base.Description>}
        {children}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);

export interface ConfirmProps {
  /** A question. */
  readonly title: string;
  /** What will happen. */
  readonly description: ReactNode;
  /** The words of the button, such as `Sign out`. */
  readonly action: string;
  readonly look?: 'primary' | 'danger';
  readonly errors: FormErrors;
  readonly isPending: boolean;
  onConfirm(values: Readonly<Record<string, string>>): void;
  onClose(): void;
  /** Fields, if any. */
  readonly children?: ReactNode;
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, description, action, look = 'danger', onClose, ...props }: ConfirmProps) {
  const words = useSharedWords();
  const { errors, isPending, onConfirm, children } = props;
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" forceRender />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />}>{description}</AlertDialog.Description>
          <Form errors={errors} isPending={isPending} onSubmit={onConfirm}>
            {children}
            <div className="actions">
              <Submit look={look}>{action}</Submit>
              <Button onClick={onClose}>{words.cancel}</Button>
            </div>
          </Form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
