import { useFormat } from '../../../shared/format.ts';
import { useSharedWords } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { CopyButton } from '../../../shared/ui/copy-button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useUserWords } from './words.ts';

export interface ImpersonationToken {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
}

interface ImpersonationProps {
  readonly token: ImpersonationToken;
  onClose(): void;
}

/** Shows the token once. It is kept nowhere. */
export function Impersonation({ token, onClose }: ImpersonationProps) {
  const { impersonating: words } = useUserWords();
  const { close } = useSharedWords();
  const format = useFormat();
  const { accessToken, accessTokenExpiresAt } = token;
  return (
    <Dialog
      title={words.title}
      description={<p>{words.text.replace('{time}', () => format.time(accessTokenExpiresAt))}</p>}
      onClose={onClose}
    >
      <textarea className="token" aria-label={words.token} readOnly rows={6} value={accessToken} />
      <div className="actions">
        <CopyButton text={accessToken} label={words.copy} />
        <Button onClick={onClose}>{close}</Button>
      </div>
    </Dialog>
  );
}
