import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { currentUser } from '../lib/user';
import { SignOut } from './sign-out';
import './style.css';

export const metadata: Metadata = { title: 'Latchkey with Next.js' };

export default async function Layout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  return (
    <html lang="en">
      <body>
        <header>
          <Link href="/">Latchkey with Next.js</Link>
          <nav>
            {user ? (
              <>
                <Link href="/account">{user.email ?? 'Account'}</Link>
                <SignOut />
              </>
            ) : (
              <>
                <Link href="/sign-in">Sign in</Link>
                <Link href="/sign-up">Sign up</Link>
              </>
            )}
          </nav>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
