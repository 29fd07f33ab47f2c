import { useLatchkey } from '@latchkey/client/react';
import { pageData } from '../../shared/page-data.ts';
import { Button } from '../../shared/ui/button.tsx';
import { StartCard } from './start-page.tsx';
import { nameOf, type Viewer } from './viewer.ts';
import { useShellWords } from './words.ts';

/** For a signed-in user without a role. */
export function NoRole({ viewer }: { readonly viewer: Viewer }) {
  const latchkey = useLatchkey();
  const { noRole, signOut } = useShellWords();
  const { email } = viewer;
  return (
    <StartCard title={noRole.title}>
      <p className="break">{noRole.text.replace('{account}', () => nameOf(viewer))}</p>
      {pageData.isDevelopment && email ? (
        <>
          <p>{noRole.developer}</p>
          <ol className="steps">
            <li>
              {noRole.run}
              <pre className="command">
                <code>node dist/cli.js create-superuser --email {quoted(email)}</code>
              </pre>
            </li>
            <li>{noRole.signInAgain}</li>
          </ol>
        </>
      ) : (
        <p>{noRole.ask}</p>
      )}
      <div className="actions">
        <Button onClick={() => location.reload()}>{noRole.notYet}</Button>
        <Button look="quiet" onClick={() => void latchkey.logout()}>
          {signOut}
        </Button>
      </div>
    </StartCard>
  );
}

/** For a shell: an address may have characters that it reads. */
const quoted = (text: string): string => (/^[\w.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
