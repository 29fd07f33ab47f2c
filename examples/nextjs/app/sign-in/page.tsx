import { SignIn } from './sign-in';

export default async function Page({ searchParams }: { searchParams: Promise<{ to?: string }> }) {
  const { to } = await searchParams;
  return (
    <>
      <h1>Sign in</h1>
      <SignIn to={typeof to === 'string' ? to : undefined} />
    </>
  );
}
