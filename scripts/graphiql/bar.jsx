import { useEditorContext } from '@graphiql/react';
import { useEffect, useReducer, useState } from 'react';
import { createPortal } from 'react-dom';

/** Above GraphiQL: links, the examples, and who is signed in. */
export function Bar({ place, links, tabs, accounts, subscribe }) {
  return createPortal(
    <>
      <nav aria-label="Latchkey">
        <a className="name" href="/">
          Latchkey
        </a>
        {links.map(({ label, path }) => (
          <a key={path} href={path} target="_blank" rel="noreferrer">
            {label}
          </a>
        ))}
      </nav>
      <Examples tabs={tabs} />
      <SignedIn accounts={accounts} subscribe={subscribe} />
    </>,
    place,
  );
}

/** Opens the tab of a group again, after it was changed or closed, or for users who had tabs of their own. */
function Examples({ tabs }) {
  const editor = useEditorContext({ nonNull: true });
  const [wanted, setWanted] = useState();

  // The new tab is there once GraphiQL has rendered it.
  useEffect(() => {
    if (wanted === undefined || editor.tabs.length === wanted.before) return;
    editor.queryEditor.setValue(wanted.query);
    editor.variableEditor.setValue(wanted.variables);
    setWanted(undefined);
  }, [wanted, editor]);

  const open = (event) => {
    const tab = tabs.find(({ name }) => name === event.target.value);
    const openedAt = editor.tabs.findIndex(({ query }) => query === tab.query);
    if (openedAt >= 0) return editor.changeTab(openedAt);
    setWanted({ ...tab, before: editor.tabs.length });
    editor.addTab();
  };

  return (
    <label>
      <span className="hidden">Open examples</span>
      <select value="" onChange={open}>
        <option value="" disabled>
          Examples…
        </option>
        {tabs.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

const nameOf = ({ name, isImpersonation }) => (isImpersonation ? `acting as ${name}` : name);

function SignedIn({ accounts, subscribe }) {
  const [, render] = useReducer((count) => count + 1, 0);
  useEffect(() => subscribe(render), [subscribe]);
  const current = accounts.current();

  return (
    <div className="signed-in">
      <span role="status">{accounts.notice()}</span>
      <label>
        Signed in as{' '}
        <select value={current?.key ?? ''} onChange={(event) => accounts.select(event.target.value || undefined)}>
          <option value="">{accounts.list().length === 0 ? 'not yet' : 'no user'}</option>
          {accounts.list().map((account) => (
            <option key={account.key} value={account.key}>
              {nameOf(account)}
            </option>
          ))}
        </select>
      </label>
      {current && (current.refreshToken || current.hasCookie) && (
        <button type="button" title="Exchange the refresh token for new tokens" onClick={() => accounts.refresh()}>
          Refresh
        </button>
      )}
      {current && (
        <button type="button" title="Forget the tokens of this user" onClick={() => accounts.forget(current.key)}>
          Forget
        </button>
      )}
    </div>
  );
}
