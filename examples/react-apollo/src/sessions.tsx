import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useAction } from '@latchkey/client/react';
import { Problem } from '../../shared/form';

interface Session {
  readonly id: string;
  readonly device: string;
  readonly isCurrent: boolean;
  readonly lastUsedAt: string;
}

const SESSIONS: TypedDocumentNode<{ me: { id: string; sessions: readonly Session[] } | null }> = gql`
  query Sessions {
    me {
      id
      sessions {
        id
        device
        isCurrent
        lastUsedAt
      }
    }
  }
`;

/** Where the user is signed in: a query of Apollo Client. Changes go through the client, which has to know of them. */
export function Sessions() {
  const { data, error, loading, refetch } = useQuery(SESSIONS, { notifyOnNetworkStatusChange: true });
  const revoke = useAction('revokeSession');
  const logoutAll = useAction('logoutAll');
  const load = () => refetch().catch(() => {}); // `error` has it.
  return (
    <>
      <h2>Your sessions</h2>
      <ul>
        {data?.me?.sessions.map(({ id, device, isCurrent, lastUsedAt }) => (
          <li key={id}>
            <span>
              {device} {isCurrent && '(this one)'}
              <br />
              <small>last used {new Date(lastUsedAt).toLocaleString()}</small>
            </span>
            <button type="button" disabled={revoke.isPending} onClick={() => revoke.run({ id }).then(load)}>
              End
            </button>
          </li>
        ))}
      </ul>
      <button type="button" disabled={loading} onClick={load}>
        Reload
      </button>
      <button type="button" disabled={logoutAll.isPending} onClick={() => logoutAll.run()}>
        Sign out everywhere
      </button>
      <Problem text={error && 'The list cannot be loaded now. Try again.'} />
      <Problem text={revoke.errors.form ?? logoutAll.errors.form} />
    </>
  );
}
