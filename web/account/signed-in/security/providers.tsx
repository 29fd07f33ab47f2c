import type { IdentitiesResult, SocialProvidersResult } from '@latchkey/client';
import { useAction } from '@latchkey/client/react';
import { useState } from 'react';
import { useFormat } from '../../../shared/format.ts';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { useFirstText } from '../../../shared/shared-words.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { Confirm } from '../../../shared/ui/form-dialog.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { fill } from '../../../shared/words.ts';
import { useRefresh } from '../queries.ts';
import { useSecurityWords } from './words.ts';

type Provider = SocialProvidersResult[number];
type Identity = NonNullable<IdentitiesResult>['identities'][number];

interface ProvidersProps {
  readonly providers: readonly Provider[];
  readonly identities: readonly Identity[];
}

/** Accounts elsewhere that sign in here. */
export function Providers({ providers, identities }: ProvidersProps) {
  const words = useSecurityWords();
  const unlinked = providers.filter(({ name }) => !identities.some(({ provider }) => provider === name));
  const labelOf = (provider: string) => providers.find(({ name }) => name === provider)?.label ?? provider;
  return (
    <Card title={words.providers}>
      <p>{words.providersHint}</p>
      <ul className="rows">
        {identities.map((identity) => (
          <LinkedRow key={identity.id} identity={identity} label={labelOf(identity.provider)} />
        ))}
        {unlinked.map((provider) => (
          <UnlinkedRow key={provider.name} provider={provider} />
        ))}
      </ul>
    </Card>
  );
}

function LinkedRow({ identity, label }: { readonly identity: Identity; readonly label: string }) {
  const words = useSecurityWords();
  const format = useFormat();
  const refresh = useRefresh();
  const action = useAction('unlinkIdentity');
  const [isAsking, setAsking] = useState(false);

  async function unlink() {
    if ((await action.run({ id: identity.id }))?.__typename !== 'IdentityUnlinked') return;
    refresh();
    announce(words.unlinked);
    setAsking(false);
  }
  const title = fill(words.unlinkFrom, { provider: label });
  return (
    <li>
      <div>
        <p className="value">{label}</p>
        {identity.email && <p className="value">{identity.email}</p>}
        <p className="quiet-text">{fill(words.linkedSince, { time: format.date(identity.createdAt) })}</p>
      </div>
      <div className="row-actions">
        <Button subject={label} onClick={() => setAsking(true)}>
          {words.unlink}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={title}
          description={<p>{words.unlinkHint}</p>}
          submit={words.unlink}
          action={action}
          onSubmit={() => void unlink()}
          onClose={() => {
            action.reset();
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

function UnlinkedRow({ provider: { name, label } }: { readonly provider: Provider }) {
  const words = useSecurityWords();
  const action = useAction('signInWith');
  const problem = useFirstText(action.errors);
  const redirectUri = `${location.origin}/account/callback`;
  const link = () => void action.run(name, { purpose: 'LINK', redirectUri });
  return (
    <li>
      <div>
        <p className="value">{label}</p>
        <p className="quiet-text">{words.notLinked}</p>
      </div>
      <div className="row-actions">
        <Button subject={label} aria-disabled={action.isPending} onClick={() => action.isPending || link()}>
          {words.link}
        </Button>
      </div>
      {problem && <Notice look="bad">{problem}</Notice>}
      <Reauthenticate of={action} />
    </li>
  );
}
