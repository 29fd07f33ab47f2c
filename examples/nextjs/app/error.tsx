'use client';

export default function Failed({ reset }: { reset: () => void }) {
  return (
    <>
      <h1>This did not work</h1>
      <p>You are still signed in. Please try again in a moment.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </>
  );
}
