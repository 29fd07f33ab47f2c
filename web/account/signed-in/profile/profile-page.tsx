import { Loaded, together } from '../../../shared/ui/loaded.tsx';
import { PageTitle } from '../../../shared/ui/page-title.tsx';
import { useMe, useSettings } from '../queries.ts';
import { useSignedInWords } from '../words.ts';
import { Contact } from './contact.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { Details } from './details.tsx';

export function ProfilePage({ onDeleted }: { onDeleted(): void }) {
  const words = useSignedInWords();
  const queries = together({ me: useMe(), settings: useSettings() });
  return (
    <>
      <PageTitle>{words.profile}</PageTitle>
      <Loaded of={queries}>
        {({ me, settings }) => (
          <>
            <Details me={me} settings={settings} />
            <Contact me={me} settings={settings} />
            <DeleteAccount me={me} onDeleted={onDeleted} />
          </>
        )}
      </Loaded>
    </>
  );
}
