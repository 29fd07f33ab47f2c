import { useAction } from '@latchkey/client/react';
import { useState } from 'react';
import { useLocale } from '../../../shared/locale.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { Loaded } from '../../../shared/ui/loaded.tsx';
import { PageTitle } from '../../../shared/ui/page-title.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { focusHeading } from '../../../shared/ui/use-focus-on-removal.ts';
import { plural } from '../../../shared/words.ts';
import { type Me, useMe, useRefresh } from '../queries.ts';
import { useSignedInWords } from '../words.ts';
import { DeviceRow } from './device-row.tsx';
import { useDevicesWords } from './words.ts';

export function DevicesPage() {
  const { devices } = useSignedInWords();
  const words = useDevicesWords();
  const me = useMe();
  return (
    <>
      <PageTitle>{devices}</PageTitle>
      <p>{words.introduction}</p>
      <Loaded of={me}>{({ sessions }) => <Devices sessions={sessions} />}</Loaded>
    </>
  );
}

function Devices({ sessions }: Pick<Me, 'sessions'>) {
  const words = useDevicesWords();
  const [isAsking, setAsking] = useState(false);
  // This one first, then those that were used last.
  const sorted = [...sessions].sort(
    (one, other) =>
      Number(other.isCurrent) - Number(one.isCurrent) || Date.parse(other.lastUsedAt) - Date.parse(one.lastUsedAt),
  );
  return (
    <section className="card">
      <ul className="rows">
        {sorted.map((session) => (
          <DeviceRow key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button look="danger" onClick={() => setAsking(true)}>
          {words.signOutOthers}
        </Button>
      ) : (
        <p className="quiet-text">{words.noOthers}</p>
      )}
      {isAsking && <SignOutOthers onClose={() => setAsking(false)} />}
    </section>
  );
}

function SignOutOthers({ onClose }: { onClose(): void }) {
  const words = useDevicesWords();
  const { locale } = useLocale();
  const refresh = useRefresh();
  const action = useAction('logoutAll');

  async function signOut() {
    const result = await action.run({ exceptCurrent: true });
    if (result?.__typename !== 'LoggedOut') return;
    refresh();
    announce(plural(locale, result.sessionsEnded, words.othersSignedOut));
    focusHeading();
    onClose();
  }
  return (
    <Confirm
      title={words.signOutOthersQuestion}
      description={<p>{words.signOutOthersHint}</p>}
      submit={words.signOutOthers}
      action={action}
      onSubmit={() => void signOut()}
      onClose={onClose}
    />
  );
}
