import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { type EskizStandIn, eskizSettings, startEskiz } from '../support/eskiz.ts';
import { temporaryDirectory } from '../support/server-process.ts';

let eskiz: EskizStandIn;
let env: Record<string, string>;

beforeAll(async () => {
  eskiz = await startEskiz();
  env = { DATA_DIR: temporaryDirectory('data'), PRODUCT_NAME: 'Bozor', SMS_COUNTRIES: 'UZ', ...eskizSettings(eskiz) };
});
beforeEach(() => {
  Object.assign(eskiz, { account: { role: 'user', status: 'active', balance: 50_000 }, names: [], templates: [] });
});
afterAll(() => eskiz.close());

/** The lines of the doctor about text messages. */
async function examine(changes: Record<string, string> = {}) {
  const { code, stdout } = await runCommand(['doctor'], { env: { ...env, ...changes } });
  const lines = stdout.split('\n');
  return {
    code,
    lines: lines.filter(
      (line, index) => /^. sms /.test(line) || (/→/.test(line) && / sms /.test(lines[index - 1] ?? '')),
    ),
  };
}

describe('the doctor with Eskiz', () => {
  test('says which texts are not registered and how to submit them; afterwards they wait for moderation', async () => {
    const before = await examine();
    expect(before.code).toBe(1);
    expect(before.lines.join('\n')).toMatch(
      /✗ sms +eskiz: texts not registered: not sent: en otp, en verify-phone.*\n.*→ run: latchkey sms templates --submit/,
    );

    const submitted = await runCommand(['sms', 'templates', '--submit'], { env });
    expect(submitted).toMatchObject({ code: 0, stderr: '' });
    expect(submitted.stdout.match(/: submitted$/gm)).toHaveLength(9);
    expect(eskiz.templates[0]?.original_text).toMatch(/^Bozor: your sign-in code is 123456\..*\n@localhost #123456$/s);

    const waiting = await examine();
    expect(waiting.code).toBe(0);
    expect(waiting.lines.join('\n')).toMatch(/! sms +eskiz: texts waiting for moderation: not sent yet: en otp/);

    const again = await runCommand(['sms', 'templates', '--submit'], { env });
    expect(again.stdout.match(/: already there: moderation$/gm)).toHaveLength(9);
    expect(eskiz.templates).toHaveLength(9);
  });

  test('is content with approved texts, a balance and a sender name', async () => {
    await runCommand(['sms', 'templates', '--submit'], { env });
    for (const template of eskiz.templates) template.status = 'service';
    eskiz.names.push('Bozor');
    const { code, lines } = await examine({ ESKIZ_SENDER: 'Bozor' });
    expect(code).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/^✓ sms +eskiz responds and accepts our credentials$/),
      expect.stringMatching(/^✓ sms +eskiz: the balance is 50000$/),
      expect.stringMatching(/^✓ sms +eskiz: sender Bozor; names: Bozor$/),
      expect.stringMatching(/^✓ sms +eskiz: texts approved: en otp, .*uz reset-password$/),
    ]);
  });

  test('finds that the texts changed with the product', async () => {
    await runCommand(['sms', 'templates', '--submit'], { env });
    for (const template of eskiz.templates) template.status = 'service';
    const { lines } = await examine({ PRODUCT_NAME: 'Bazaar' });
    expect(lines.join('\n')).toMatch(/✗ sms +eskiz: texts not registered/);
  });

  test.each([
    [
      'a test account',
      () => Object.assign(eskiz.account, { role: 'test' }),
      /✗ sms +eskiz: this is a test account: .*"Bu Eskiz dan test"/,
    ],
    ['no balance', () => Object.assign(eskiz.account, { balance: 0 }), /✗ sms +eskiz: the balance is 0/],
    [
      'a blocked account',
      () => Object.assign(eskiz.account, { status: 'blocked' }),
      /✗ sms +eskiz: the account is blocked/,
    ],
  ])('names %s', async (_title, change, expected) => {
    change();
    const { code, lines } = await examine();
    expect(code).toBe(1);
    expect(lines.join('\n')).toMatch(expected);
  });

  test('names a sender that is not registered, wrong credentials, and a server that is not there', async () => {
    expect((await examine({ ESKIZ_SENDER: 'Other' })).lines.join('\n')).toMatch(
      /✗ sms +eskiz: ESKIZ_SENDER Other is not one/,
    );
    const wrong = await examine({ ESKIZ_PASSWORD: 'wrong' });
    expect(wrong.lines).toEqual([
      expect.stringMatching(/✗ sms +text messages cannot be sent: Eskiz: the login failed: HTTP 401/),
      expect.stringContaining('→ check ESKIZ_EMAIL and ESKIZ_PASSWORD'),
    ]);
    expect((await examine({ ESKIZ_API_URL: 'http://127.0.0.1:9' })).lines.join('\n')).toMatch(/✗ sms .*ECONNREFUSED/);
  });

  test('sms templates --submit names what Eskiz does not accept', async () => {
    const ended = await runCommand(['sms', 'templates', '--submit'], { env: { ...env, ESKIZ_PASSWORD: 'wrong' } });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /en, otp: not submitted: Eskiz: the login failed[\s\S]*9 of 9 texts could not be submitted/,
    );
  });
});
