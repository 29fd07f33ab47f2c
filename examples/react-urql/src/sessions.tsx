import { useAction } from '@latchkey/client/react';
import { gql, useQuery } from 'urql';
import { Problem } from '../../shared/form';

interface Session {
  readonly id: string;
  readonly device: string;
  readonly isCurrent: boolean;
  readonly lastUsedAt: string;
}

const SESSIONS = gql<{ me: { id: string; sessions: readonly Session[] } | null }>`
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

/** Where the user is signed in: a query of urql. Changes go through the client, which has to know of them. */
export function Sessions() {
  const [{ data, error, fetching }, refetch] = useQuery({ query: SESSIONS });
  const revoke = useAction('revokeSession');
  const logoutAll = useAction('logoutAll');
  const load = () => refetch({ requestPolicy: 'network-only' });
  return (
    <>
      <h2>Your sessions</h2>
      <table>
        <tbody>
          {data?.me?.sessions.map(({ id, device, isCurrent, lastUsedAt }) => (
            <tr key={id}>
              <td>
                {device} {isCurrent && '(this one)'}
              </td>
              <td>{new Date(lastUsedAt).toLocaleTimeString()}</td>
              <td>
                <button type="button" disabled={revoke.isPending} onClick={() => revoke.run({ id }).then(load)}>
                  End
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" disabled={fetching} onClick={load}>
        Reload
      </button>
      <button type="button" disabled={logoutAll.isPending} onClick={() => logoutAll.run()}>
        Sign out everywhere
      </button>
      <Problem text={error?.message ?? revoke.errors.form ?? logoutAll.errors.form} />
    </>
  );
}
