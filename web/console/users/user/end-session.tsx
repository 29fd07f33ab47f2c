import { useAction } from '@latchkey/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { ConsoleEndUserSessionDocument } from '../../../generated/documents.ts';
import { call } from '../../../shared/latchkey.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { fill } from '../../../shared/words.ts';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

/** Ends a session of the user. Succeeds if it has already ended. */
export const endSession = async (userId: string, sessionId: string, reason: string | null) =>
  (await call(ConsoleEndUserSessionDocument, { userId, sessionId, reason })).endUserSession;

interface EndSessionProps {
  readonly user: ConsoleUser;
  readonly session: ConsoleUser['sessions'][number];
  onClose(): void;
}

/** Asks before the user is signed out on one device. */
export function EndSession({ user, session: { id, device }, onClose }: EndSessionProps) {
  const words = useUserWords();
  const queries = useQueryClient();
  const action = useAction(endSession);

  async function confirm({ reason = '' }: Readonly<Record<string, string>>) {
    const result = await action.run(user.id, id, reason.trim() || null);
    if (result?.__typename !== 'LoggedOut') return;
    announce(fill(words.device.done, { device }));
    onClose();
    await queries.invalidateQueries();
  }
  return (
    <Confirm
      title={words.device.title}
      description={<p>{fill(words.device.text, { device })}</p>}
      submit={words.device.button}
      look="primary"
      action={action}
      onSubmit={(values) => void confirm(values)}
      onClose={onClose}
    >
      <Field name="reason" label={words.reason} hint={words.hints.reason} maxLength={500} />
    </Confirm>
  );
}
