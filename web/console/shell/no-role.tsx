import { pageData } from '../../shared/page-data.ts';
import { NoAccess } from './no-access.tsx';
import { nameOf, type Viewer } from './viewer.ts';
import { useShellWords } from './words.ts';

/** For a signed-in user without a role. */
export function NoRole({ viewer }: { readonly viewer: Viewer }) {
  const { noRole } = useShellWords();
  const { email } = viewer;
  return (
    <NoAccess title={noRole.title}>
      <p className="break">{noRole.text.replace('{account}', () => nameOf(viewer))}</p>
      {pageData.isDevelopment && email ? (
        <>
          <p>{noRole.developer}</p>
          <ol className="steps">
            <li>
              {noRole.run}
              <pre className="command">
                <code>node dist/cli.cjs create-superuser --email {quoted(email)}</code>
              </pre>
            </li>
            <li>{noRole.signInAgain}</li>
          </ol>
        </>
      ) : (
        <p>{noRole.ask}</p>
      )}
    </NoAccess>
  );
}

/** For a shell: an address may have characters that it reads. */
const quoted = (text: string): string => (/^[\w.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
