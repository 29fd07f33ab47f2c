import { ExternalLink } from 'lucide-react';
import { ConsoleSigningKeysDocument, type ConsoleSigningKeysQuery } from '../../generated/documents.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Card } from '../../shared/ui/card.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Facts } from '../parts/facts.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { Time } from '../parts/time.tsx';
import { useData } from '../shell/data.ts';
import { useShellWords } from '../shell/words.ts';
import { useKeyWords } from './words.ts';
import './keys.css';

type Key = ConsoleSigningKeysQuery['signingKeys'][number];

/** The keys that sign access tokens. */
export default function KeysPage() {
  const words = useKeyWords();
  const { pages } = useShellWords();
  const keys = useData(ConsoleSigningKeysDocument, {});
  return (
    <>
      <PageHeader title={pages.keys}>
        <p className="quiet-text">{words.about}</p>
      </PageHeader>
      <Loaded of={keys}>
        {({ signingKeys }) => (
          <ol className="key-list" aria-label={words.keys}>
            {signingKeys.map((key) => (
              <SigningKey key={key.kid} {...key} />
            ))}
          </ol>
        )}
      </Loaded>
      <Card
        title={words.rotation.title}
        actions={
          <a className="button" href="/.well-known/jwks.json" target="_blank" rel="noopener">
            {words.jwks}
            <ExternalLink aria-hidden size={18} />
          </a>
        }
      >
        <ol className="steps">
          {words.rotation.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p>{words.rotation.settings}</p>
        <p>{words.rotation.command}</p>
        <pre className="command">
          <code>latchkey keys rotate</code>
        </pre>
      </Card>
    </>
  );
}

function SigningKey({ kid, algorithm, state, createdAt, signsFrom, signsUntil, verifiesUntil }: Key) {
  const words = useKeyWords();
  return (
    <li className="card key">
      <p className="key-head">
        <Badge look={state === 'SIGNING' ? 'good' : 'plain'}>{words.states[state]}</Badge>
        <code className="break">{kid}</code>
      </p>
      <p>{words.meanings[state]}</p>
      <Facts
        of={{
          [words.algorithm]: algorithm,
          [words.created]: <When at={createdAt} />,
          [words.signsFrom]: <When at={signsFrom} />,
          [words.signsUntil]: signsUntil ? <When at={signsUntil} /> : words.open,
          [words.verifiesUntil]: verifiesUntil && <When at={verifiesUntil} />,
        }}
      />
    </li>
  );
}

/** 30 Nov 2026, 09:41 (in 3 days) */
const When = ({ at }: { readonly at: string }) => (
  <>
    <Time at={at} as="time" />{' '}
    <span className="quiet-text">
      (<Time at={at} />)
    </span>
  </>
);
