import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import './dialog.css';

export interface DialogContent {
  readonly title: string;
  /** What the user should know before they answer. */
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

export interface DialogProps extends DialogContent {
  /** Called when the user leaves the dialog without an answer. */
  onClose(): void;
}

/** A dialog that is open as long as it is rendered. The page behind it cannot be used. */
export const Dialog = ({ onClose, ...content }: DialogProps) => (
  <Base.Root open disablePointerDismissal onOpenChange={(open) => !open && onClose()}>
    <DialogBox {...content} />
  </Base.Root>
);

/** What is seen of a dialog. Its root says whether it is a question. */
export const DialogBox = ({ title, description, children }: DialogContent) => (
  <Base.Portal>
    <Base.Backdrop className="backdrop" forceRender />
    <Base.Popup className="dialog">
      <Base.Title>{title}</Base.Title>
      {description && <Base.Description render={<div />}>{description}</Base.Description>}
      {children}
    </Base.Popup>
  </Base.Portal>
);
