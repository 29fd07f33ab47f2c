import Link from 'next/link';
import { currentUser } from '../lib/user';

export default async function Home() {
  const user = await currentUser();
  return (
    <>
      <h1>Welcome</h1>
      <p>{user ? `You are signed in as ${user.email ?? user.sub}.` : 'You are not signed in.'}</p>
      <p>
        The server rendered this page. It knows the user from a cookie, without asking the service. The page{' '}
        <Link href="/account">Account</Link> is for signed-in users.
      </p>
    </>
  );
}
