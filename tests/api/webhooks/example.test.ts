import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { WEBHOOK_SECRET, webhooksTo } from '../../support/receiver.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const page = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];

/** Runs the code of the page. Returns the URL at which it receives, and what it prints. */
async function runExample() {
  const printed: unknown[][] = [];
  let server: ReturnType<ReturnType<typeof express>['listen']> | undefined;
  const recorded = Object.assign(() => {
    const app = express();
    const listen = app.listen.bind(app);
    return Object.assign(app, {
      listen: (port: number) => {
        server = listen(port, '127.0.0.1');
        return server;
      },
    });
  }, express);
  const run = new Function('express', 'Webhook', 'process', 'console', code.replace(/^import .*$/gm, ''));
  run(recorded, Webhook, { env: { WEBHOOK_SECRET, PORT: 0 } }, { log: (...words: unknown[]) => printed.push(words) });
  if (!server) throw new Error('the code does not listen');
  onTestFinished(() => void server?.close());
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // Listens on TCP.
  return { url: `http://127.0.0.1:${port}/webhooks`, printed };
}

test('the receiver in docs/webhooks.md verifies a webhook, and refuses a forged one', async () => {
  const { url, printed } = await runExample();
  const app = await startApp({ ...WITHOUT_VERIFICATION, ...webhooksTo({ url }) });
  try {
    const { email } = await registerUser(app.client());
    await expect.poll(() => printed).toEqual([['welcome', email]]);
    const forged = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'x',
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': 'v1,AAAA',
      },
      body: JSON.stringify({ type: 'user.created', data: { user: { email: 'forged@example.org' } } }),
    });
    expect(forged.status).toBe(500);
    expect(printed).toHaveLength(1);
  } finally {
    await app.close();
  }
});
