import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { freePort } from '../support/ports.ts';
import { type Receiver, startReceiver, webhooksTo } from '../support/receiver.ts';
import { temporaryDirectory } from '../support/server-process.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

/** The lines of the doctor about webhooks. */
async function examine(env: Record<string, string>) {
  const { code, stdout } = await runCommand(['doctor'], { env: { DATA_DIR: temporaryDirectory('data'), ...env } });
  return { code, lines: stdout.split('\n').filter((line) => / webhooks /.test(line)) };
}

test('the doctor says whether each webhook receiver can be reached, without its credentials', async () => {
  expect((await examine({})).lines).toEqual([expect.stringContaining('✓ webhooks     WEBHOOK_URL is not set')]);
  const absent = `http://user:canary@127.0.0.1:${await freePort()}/hooks?key=canary`;
  const { code, lines } = await examine(webhooksTo({ url: receiver.url }, { url: absent }));
  expect(code).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/^✓ .*\/webhooks can be reached$/),
    expect.stringMatching(/^✗ .*\/hooks cannot be reached: ECONNREFUSED$/),
  ]);
  expect(lines.join()).not.toContain('canary');
});
