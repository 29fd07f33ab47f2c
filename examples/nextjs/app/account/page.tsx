import { listSessions, requireUser } from '../../lib/user';
import { ApiCall } from './api-call';

export default async function Account() {
  const user = await requireUser('/account');
  const sessions = await listSessions();
  return (
    <>
      <h1>Account</h1>
      <p>
        {user.email}, user ID <code>{user.sub}</code>
      </p>
      <h2>Sessions</h2>
      <table>
        <thead>
          <tr>
            <th>Device</th>
            <th>Address</th>
            <th>Last used</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, device, ipAddress, isCurrent, lastUsedAt }) => (
            <tr key={id}>
              <td>{isCurrent ? `${device} (this browser)` : device}</td>
              <td>{ipAddress}</td>
              <td>{lastUsedAt.slice(0, 16).replace('T', ' ')} UTC</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>An API of this app</h2>
      <ApiCall />
    </>
  );
}
