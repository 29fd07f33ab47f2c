import { useAction } from '@latchkey/client/react';
import { Laptop, Smartphone } from 'lucide-react';
import { useFormat } from '../../../shared/format.ts';
import { useFormText } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { fill } from '../../../shared/words.ts';
import { type Me, useRefresh } from '../queries.ts';
import { useDevicesWords } from './words.ts';

/** As the service names devices: Safari on iOS. */
const isPhone = (device: string): boolean => /android|ios|iphone|ipad/i.test(device);

export function DeviceRow({ session }: { readonly session: Me['sessions'][number] }) {
  const words = useDevicesWords();
  const format = useFormat();
  const refresh = useRefresh();
  const { run, errors, isPending } = useAction('revokeSession');
  const problem = useFormText(errors);
  const { id, device, ipAddress, isCurrent, isImpersonation, createdAt, lastUsedAt } = session;
  const Icon = isPhone(device) ? Smartphone : Laptop;

  async function signOut() {
    if ((await run({ id }))?.__typename !== 'LoggedOut') return;
    refresh();
    announce(fill(words.signedOut, { device }));
  }
  return (
    <li>
      <Icon className="row-icon" aria-hidden />
      <div>
        <p className="value">{device}</p>
        {isCurrent && <p className="state good">{words.current}</p>}
        {isImpersonation && <p className="state bad">{words.impersonation}</p>}
        <p className="quiet-text">
          {fill(words.lastUsed, { time: format.ago(lastUsedAt) })},{' '}
          {fill(words.since, { time: format.time(createdAt) })}
        </p>
        {ipAddress && <p className="quiet-text">{ipAddress}</p>}
      </div>
      {!isCurrent && (
        <div className="row-actions">
          <Button subject={device} aria-disabled={isPending} onClick={() => isPending || void signOut()}>
            {words.signOut}
          </Button>
        </div>
      )}
      {problem && <Notice look="bad">{problem}</Notice>}
    </li>
  );
}
