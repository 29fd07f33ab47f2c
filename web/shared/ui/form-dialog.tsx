import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { FormErrors } from '@latchkey/client';
import type { Action } from '@latchkey/client/react';
import type { ReactNode } from 'react';
import { Reauthenticate } from '../reauthenticate.tsx';
import { useSharedWords } from '../shared-words.ts';
import { Button } from './button.tsx';
import { Dialog, DialogBox, type DialogProps } from './dialog.tsx';
import { Form, Submit } from './form.tsx';

export interface DialogFormProps {
  /** The words of the button that sends the form, such as `Save`. */
  readonly submit: string;
  readonly look?: 'primary' | 'danger';
  /** What the button starts. If it needs a recent sign-in, the user is asked to confirm who they are. */
  readonly action: Pick<Action<never>, 'errors' | 'isPending' | 'reauthentication'>;
  /** By default those of the action. */
  readonly errors?: FormErrors;
  onSubmit(values: Readonly<Record<string, string>>): void;
  onClose(): void;
  /** The fields, if any. */
  readonly children?: ReactNode;
}

export type FormDialogProps = Omit<DialogProps, 'children'> & DialogFormProps;

/** A form in a dialog, which can be cancelled. */
export const FormDialog = ({ title, description, ...form }: FormDialogProps) => (
  <Dialog title={title} description={description} onClose={form.onClose}>
    <DialogForm {...form} />
  </Dialog>
);

/** Asks before something that cannot be undone. The title is a question, and the description says what will happen. */
export const Confirm = ({ title, description, ...form }: FormDialogProps) => (
  <AlertDialog.Root open onOpenChange={(open) => !open && form.onClose()}>
    <DialogBox title={title} description={description}>
      <DialogForm look="danger" {...form} />
    </DialogBox>
  </AlertDialog.Root>
);

/** The form alone, for a dialog that shows more than one. */
export function DialogForm(props: DialogFormProps) {
  const { submit, look = 'primary', action, errors = action.errors, onSubmit, onClose, children } = props;
  const { cancel } = useSharedWords();
  return (
    <>
      <Form errors={errors} isPending={action.isPending} onSubmit={onSubmit}>
        {children}
        <div className="actions">
          <Submit look={look}>{submit}</Submit>
          <Button onClick={onClose}>{cancel}</Button>
        </div>
      </Form>
      <Reauthenticate of={action} />
    </>
  );
}
