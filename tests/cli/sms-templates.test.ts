import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { temporaryDirectory } from '../support/server-process.ts';

const env = { DATA_DIR: await dataDirectory(), PRODUCT_NAME: 'Bozor', SMS_CODE_DOMAIN: 'app.bozor.uz' };

function withFiles(files: Record<string, string>) {
  const directory = temporaryDirectory('messages');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return { ...env, MESSAGE_TEMPLATES: directory };
}

describe('sms templates', () => {
  test('prints each text with a code, per language, as it must be registered', async () => {
    const { code, stdout, stderr } = await runCommand(['sms', 'templates'], { env: { ...env, SMS_NOTICES: 'off' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(
      '# uz, otp: one segment\nBozor: kirish uchun kod 123456. Uni hech kimga aytmang.\n@app.bozor.uz #123456\n',
    );
    for (const locale of ['en', 'ru', 'uz'])
      for (const kind of ['otp', 'verify-phone', 'reset-password']) expect(stdout).toContain(`# ${locale}, ${kind}: `);
    expect(stdout).not.toContain('password-changed');
  });

  test('prints the texts of the operator, and notices if they are sent', async () => {
    const files = { 'sms.uz.json': JSON.stringify({ otp: '{product} ilovasiga kirish kodi: {code}' }) };
    const { stdout } = await runCommand(['sms', 'templates', '--json'], {
      env: { ...withFiles(files), SMS_CODE_DOMAIN: '' },
    });
    const texts: { locale: string; kind: string; text: string; segments: number }[] = JSON.parse(stdout);
    expect(texts).toContainEqual({
      locale: 'uz',
      kind: 'otp',
      text: 'Bozor ilovasiga kirish kodi: 123456',
      segments: 1,
    });
    expect(texts.filter(({ locale, kind }) => locale === 'en' && kind === 'password-changed')).toHaveLength(4);
  });

  test('--submit is an error with a gateway that approves no texts', async () => {
    expect(await runCommand(['sms', 'templates', '--submit'], { env })).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('SMS_PROVIDER=log approves no texts'),
    });
  });
});

describe('files in MESSAGE_TEMPLATES', () => {
  const files = {
    'words.en.json': '{"shared":{"buton":"Go"},"kinds":{"sign-upp":{},"sign-up":{"sbject":"x","intro":"Hi {nmae}"}}}',
    'words.ru.json': '{',
    'sms.uz.json': '{"otp":"Kod","more":"x","verify-phone":["{code}"],"new-device":"{code}"}',
    'sms.en.json': '{"opt":"{code}","otp":""}',
    'signup.html.eta': 'x',
    'message.txt.eta': '<% if ( %>',
  };

  test('prevent the start with every problem at once, each with its file and what is probably meant', async () => {
    const { code, stderr } = await runCommand(['serve'], { env: withFiles(files) });
    expect(code).toBe(78);
    for (const line of [
      'words.en.json: shared.buton is not known; is it button?',
      'words.en.json: kinds.sign-upp is not known; is it sign-up?',
      'words.en.json: kinds.sign-up.sbject is not known; is it subject?',
      'words.en.json: kinds.sign-up.intro: {nmae} is not replaced',
      'words.ru.json: not JSON: ',
      'sms.uz.json: otp must contain {code}',
      'sms.uz.json: more must contain {count}',
      'sms.uz.json: verify-phone must be a text, or a list of two',
      'sms.en.json: opt is not known; is it otp?',
      'sms.en.json: otp must be a text',
      'signup.html.eta is not the name of a template or of texts; is it sign-up.html.eta?',
      "message.txt.eta: Bad template syntax: Unexpected token 'if'",
    ])
      expect(stderr).toContain(line);
  });

  test('are checked by the doctor, which names every problem', async () => {
    const { code, stdout } = await runCommand(['doctor'], {
      env: withFiles({
        'sms.uz.json': '{"otp":"Kod","more":"x","new-device":"{code} {produkt}"}',
        'words.en.json': '{"kinds":{"sign-up":{"intro":"Hi {nmae}"}}}',
      }),
    });
    expect(code).toBe(1);
    for (const line of [
      'sms.uz.json: otp must contain {code}',
      'sms.uz.json: more must contain {count}',
      'sms.uz.json: new-device: {code} is not replaced; use {product}, {support}',
      'sms.uz.json: new-device: {produkt} is not replaced; use {product}, {support}',
      'words.en.json: kinds.sign-up.intro: {nmae} is not replaced; use {site}, {product}, {support}',
    ])
      expect(stdout).toContain(`✗ messages     ${line}`);
  });

  test('the doctor says which text messages are billed as several', async () => {
    const { stdout } = await runCommand(['doctor'], {
      env: {
        ...withFiles({ 'sms.en.json': JSON.stringify({ otp: `{code} ${'x'.repeat(160)}` }) }),
        SMS_PROVIDER: 'http',
        SMS_HTTP_URL: 'http://127.0.0.1:9/',
        SMS_HTTP_SECRET: 'x'.repeat(32),
      },
    });
    expect(stdout).toContain('! messages     the text message otp in en has 2 segments: it is billed as 2 messages');
  });
});
