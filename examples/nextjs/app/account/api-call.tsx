'use client';

import { useState } from 'react';
import { latchkey } from '../../lib/latchkey';

/** Sends the access token in the Authorization header; `latchkey.fetch` gets one and renews it. */
export function ApiCall() {
  const [answer, setAnswer] = useState('');
  const call = async () => {
    const response = await latchkey.fetch('/api/me');
    setAnswer(response.ok ? await response.text() : `status ${response.status}`);
  };
  return (
    <>
      <button type="button" onClick={() => call().catch((error) => setAnswer(error.message))}>
        Call /api/me
      </button>
      <p role="status">{answer}</p>
    </>
  );
}
