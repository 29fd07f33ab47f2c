import { useAction, useCountdown } from '@latchkey/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useTimeFromNow } from '../../../shared/countdown.tsx';
import { useFormat } from '../../../shared/format.ts';
import { useFormText, useSharedWords } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { CopyButton } from '../../../shared/ui/copy-button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { fill } from '../../../shared/words.ts';
import { endSession } from './end-session.tsx';
import { useUserWords } from './words.ts';

export interface ImpersonationToken {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly session: { readonly id: string };
}

interface ImpersonationProps {
  readonly userId: string;
  readonly token: ImpersonationToken;
  onClose(): void;
}

/** Shows the token once, and what to do with it. It is kept nowhere. */
export function Impersonation({ userId, token, onClose }: ImpersonationProps) {
  const { impersonating: words } = useUserWords();
  const { close } = useSharedWords();
  const format = useFormat();
  const queries = useQueryClient();
  const ending = useAction(endSession);
  const problem = useFormText(ending.errors);
  const { accessToken, accessTokenExpiresAt, session } = token;
  const left = useCountdown(Date.parse(accessTokenExpiresAt));
  const leftText = useTimeFromNow(left);

  async function end() {
    if ((await ending.run(userId, session.id, null))?.__typename !== 'LoggedOut') return;
    announce(words.ended);
    onClose();
    await queries.invalidateQueries();
  }
  if (left === 0)
    return (
      <Dialog title={words.title} description={<p>{words.over}</p>} onClose={onClose}>
        <div className="actions">
          <Button onClick={onClose}>{close}</Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog
      title={words.title}
      description={
        <ol className="steps">
          <li>{words.copyFirst}</li>
          <li>{words.use}</li>
          <li>{fill(words.text, { left: leftText, time: format.clock(accessTokenExpiresAt) })}</li>
        </ol>
      }
      onClose={onClose}
    >
      {problem && <Notice look="bad">{problem}</Notice>}
      <textarea className="token" aria-label={words.token} readOnly rows={6} value={accessToken} />
      <div className="actions">
        <CopyButton text={accessToken} label={words.copy} />
        <CopyButton text={commandWith(accessToken)} label={words.copyCommand} />
      </div>
      <div className="actions">
        <Button aria-disabled={ending.isPending} onClick={() => ending.isPending || void end()}>
          {words.end}
        </Button>
        <Button onClick={onClose}>{close}</Button>
      </div>
    </Dialog>
  );
}

/** A command that asks the service whose token it is. */
const commandWith = (token: string): string =>
  [
    `curl ${location.origin}/graphql`,
    `-H 'authorization: Bearer ${token}'`,
    "-H 'content-type: application/json'",
    `-d '{"query":"{ me { id email } }"}'`,
  ].join(' ');
