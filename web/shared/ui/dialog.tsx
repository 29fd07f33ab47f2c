import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';

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
  <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
    <AlertDialog.Portal>
      <AlertDialog.Backdrop className="backdrop" />
      <AlertDialog.Popup className="dialog">
        <AlertDialog.Title>{title}</AlertDialog.Title>
        {description && <AlertDialog.Description render={<div />}>{description}</AlertDialog.Description>}
        {children}
      </AlertDialog.Popup>
    </AlertDialog.Portal>
  </AlertDialog.Root>
);
