import { afterAll, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { Phone } from '../../src/core/identifiers.ts';
import { eskizSender } from '../../src/infra/sms/eskiz/eskiz-sender.ts';
import { ESKIZ_EMAIL, ESKIZ_PASSWORD, type EskizStandIn, startEskiz } from '../support/eskiz.ts';
import { sms } from '../support/sms-example.ts';
import { exampleTexts } from '../support/texts.ts';

const account = { email: ESKIZ_EMAIL, password: ESKIZ_PASSWORD, sender: '4546', callbackUrl: undefined };
const running: EskizStandIn[] = [];

afterAll(() => Promise.all(running.map((eskiz) => eskiz.close())));

async function start(changes: object = {}, { deadline = 30_000, clock = systemClock as Clock } = {}) {
  const eskiz = await startEskiz();
  running.push(eskiz);
  return { eskiz, sender: eskizSender({ apiUrl: eskiz.origin, ...account, ...changes, clock, deadline }) };
}

describe('texts at Eskiz', () => {
  const samples = exampleTexts({ domain: 'app.example.com' }).samples({ notices: false });
  const [first, second, third, fourth, fifth] = samples;
  const template = (text = '', status = 'service') => ({ id: 1, template: '', original_text: text, status });

  test('are submitted once, in the form in which they are sent', async () => {
    const { eskiz, sender } = await start();
    for (const sample of samples) expect(await sender.approval?.submit(sample)).toEqual({ kind: 'submitted' });
    expect(eskiz.templates.map((entry) => entry.original_text)).toEqual(samples.map(({ text }) => text));
    for (const sample of samples)
      expect(await sender.approval?.submit(sample)).toEqual({ kind: 'known', detail: 'moderation' });
    expect(eskiz.templates).toHaveLength(9);
  });

  test('are found with another code and other line ends, and submitted again if they were rejected', async () => {
    const { eskiz, sender } = await start();
    if (!first || !second) throw new Error('no samples');
    eskiz.templates.push(template(first.text.replaceAll('123456', '0000').replace('\n', '\r\n'), 'service'));
    eskiz.templates.push(template(second.text, 'rejected'));
    expect(await sender.approval?.submit(first)).toEqual({ kind: 'known', detail: 'service' });
    expect(await sender.approval?.submit(second)).toEqual({ kind: 'submitted' });
  });

  test('are reported with their state at Eskiz', async () => {
    const { eskiz, sender } = await start();
    const states = ['service', 'reklama', 'moderation', 'inproccess', 'rejected'];
    for (const [index, status] of states.entries()) eskiz.templates.push(template(samples[index]?.text, status));
    const findings = (await sender.approval?.examine(samples)) ?? [];
    const name = (sample = first) => `${sample?.locale} ${sample?.kind}`;
    expect(findings.map(({ state, text }) => `${state} ${text}`)).toEqual([
      'good the balance is 50000',
      'good sender 4546; names: none of your own',
      `good texts approved: ${name(first)}`,
      expect.stringMatching(`^doubtful texts approved as advertising \\(reklama\\).*: ${name(second)}$`),
      `doubtful texts being checked (inproccess): not sent yet: ${name(fourth)}`,
      `doubtful texts waiting for moderation: not sent yet: ${name(third)}`,
      `wrong texts rejected: not sent: ${name(fifth)}`,
      expect.stringMatching(/^wrong texts not registered: not sent: .*uz reset-password$/),
    ]);
    expect(findings.at(-1)?.advice).toContain('latchkey sms templates --submit');
  });

  test('that are approved are sent, and any other is refused, as in production (F36)', async () => {
    const { eskiz, sender } = await start();
    eskiz.moderates = true;
    for (const { text } of samples) eskiz.templates.push(template(text));
    const texts = exampleTexts({ domain: 'app.example.com' });
    for (const code of ['004291', '999999']) {
      const text = texts.render({ kind: 'otp', to: '+998901234567' as Phone, code }, 'uz');
      expect(await sender.send(sms({ text }))).toMatchObject({ outcome: 'sent' });
      expect(await sender.send(sms({ text: `${text}!` }))).toMatchObject({
        outcome: 'refused',
        error: expect.stringContaining('not approved'),
      });
    }
  });

  test('of a test account are the three fixed ones, and the doctor says so', async () => {
    const { eskiz, sender } = await start();
    Object.assign(eskiz.account, { role: 'test', balance: 0 });
    expect(await sender.send(sms())).toMatchObject({
      outcome: 'refused',
      error: expect.stringContaining('a test account'),
    });
    expect(await sender.send(sms({ text: 'Bu Eskiz dan test' }))).toMatchObject({ outcome: 'sent' });
    const findings = (await sender.approval?.examine(samples)) ?? [];
    expect(findings[0]).toMatchObject({ state: 'wrong', text: expect.stringContaining('"Bu Eskiz dan test"') });
    expect(findings[1]).toMatchObject({ state: 'wrong', text: 'the balance is 0' });
  });

  test.each([
    ['a name of the account', 'Bozor', ['Bozor'], 'good'],
    ['a name in an object', 'Bozor', [{ id: 1, name: 'Bozor' }], 'good'],
    ['the shared number', '4546', [], 'good'],
    ['a name that is not the account’s', 'Bozor', ['Other'], 'wrong'],
  ])('have a sender: %s', async (_title, name, names, state) => {
    const { eskiz, sender } = await start({ sender: name });
    Object.assign(eskiz, { names });
    const findings = (await sender.approval?.examine(samples)) ?? [];
    expect(findings.find(({ text }) => /sender/i.test(text))).toMatchObject({ state });
  });

  test('cannot be read while Eskiz is down', async () => {
    const { eskiz, sender } = await start();
    await eskiz.close();
    const findings = (await sender.approval?.examine(samples)) ?? [];
    expect(findings.filter(({ state }) => state === 'wrong')).toHaveLength(2);
    if (!first) throw new Error('no samples');
    expect(await sender.approval?.submit(first)).toMatchObject({
      kind: 'failed',
      detail: expect.stringMatching(/REFUSED/),
    });
  });
});
