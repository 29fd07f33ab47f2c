import { useAction } from '@latchkey/client/react';
import { useQueryClient } from '@tanstack/react-query';
import {
  ConsoleDeliveriesDocument,
  type ConsoleDeliveryFragment,
  ConsoleRetryDeliveryDocument,
} from '../../generated/documents.ts';
import { call } from '../../shared/latchkey.ts';
import { Confirm } from '../../shared/ui/form-dialog.tsx';
import { announce } from '../../shared/ui/toasts.tsx';
import { keyOf } from '../shell/data.ts';
import { useDeliveryWords } from './words.ts';

export interface RetryDialogProps {
  readonly delivery: ConsoleDeliveryFragment;
  onClose(): void;
}

/** Asks before something is sent again. */
export function RetryDialog({ delivery, onClose }: RetryDialogProps) {
  const { confirm: words } = useDeliveryWords();
  const data = useQueryClient();
  const action = useAction(async (id: string) => (await call(ConsoleRetryDeliveryDocument, { id })).retryDelivery);
  const text = delivery.channel === 'WEBHOOK' ? words.webhook : words.mail;

  async function run() {
    const result = await action.run(delivery.id);
    if (result) void data.invalidateQueries({ queryKey: keyOf(ConsoleDeliveriesDocument) });
    if (result?.__typename !== 'DeliveryRetried') return;
    announce(words.done);
    onClose();
  }
  return (
    <Confirm
      title={words.title}
      description={
        <>
          <p>{text.replace('{recipient}', () => delivery.recipient)}</p>
          <p>{words.limits}</p>
          <p>{words.recorded}</p>
        </>
      }
      submit={words.action}
      look="primary"
      action={action}
      onSubmit={() => void run()}
      onClose={onClose}
    />
  );
}
