import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/core/clock.ts';
import { describeDevice, keepKnownDevice } from '../../src/core/device.ts';
import type { Email, Phone } from '../../src/core/identifiers.ts';
import {
  dropExpired,
  FACTOR_CHANGES,
  MESSAGE_KINDS,
  type Message,
  type MessageKind,
} from '../../src/messages/message.ts';
import { plainIp } from '../../src/messages/plain.ts';
import { renderMessage } from '../../src/messages/render.ts';
import { createTemplates } from '../../src/messages/templates.ts';
import { EXAMPLE } from '../support/texts.ts';

const CODE = '048291';
const LINK = 'https://auth.example.com/verify-email?token=QvX3c0hV7bV9mB1nT2kL8zR5&x=1';
const templates = createTemplates({ directory: undefined, product: EXAMPLE });
const to = 'aziza@example.org' as Email; // Parsed by hand.
const origin = { device: 'Firefox on Linux', ip: '203.0.113.7' };
const verification = { to, code: CODE, codeTtl: 10 * MINUTE, link: LINK, linkTtl: DAY, origin };
const AT = '2026-11-20T09:05:59.999Z';
const notice = { to, at: AT, origin };
const undo = { newAddress: 'zara.karimova@example.net' as Email, undoLink: LINK, linkTtl: 3 * DAY };
const numbers = { oldPhone: '+998901234567' as Phone, newPhone: '+998907654321' as Phone };
const notMe = { notMeLink: LINK, linkTtl: DAY };

/** An example of each kind with all of its fields. */
const EXAMPLES: { [Kind in MessageKind]: Omit<Extract<Message, { kind: Kind }>, 'kind'> } = {
  'sign-up': verification,
  'verify-email': verification,
  'login-email': verification,
  'sign-in': verification,
  'reset-password': verification,
  invitation: verification,
  'change-email': verification,
  'already-registered': { to, origin },
  'email-taken': { to, origin },
  'new-device': { ...notice, ...notMe },
  'password-changed': { ...notice, ...notMe },
  'identity-linked': { ...notice, ...notMe, label: 'Google' },
  'identity-unlinked': { ...notice, ...notMe, label: 'Google' },
  'factor-changed': { ...notice, ...notMe, changes: FACTOR_CHANGES },
  'recovery-code-used': { ...notice, ...notMe, left: 7 },
  'phone-changed': { ...notice, ...notMe, ...numbers },
  'phone-removed': { ...notice, oldPhone: numbers.oldPhone },
  'email-removed': notice,
  'account-changed': { ...notice, roles: ['STAFF'], isActive: false },
  'email-changed': { ...notice, ...undo },
  'second-factors-reset': notice,
  'account-deleted': notice,
};

// The compiler cannot know that kind and example belong together.
const createMessage = (kind: MessageKind, changes: object = {}) => ({ kind, ...EXAMPLES[kind], ...changes }) as Message;

describe('user input', () => {
  test('in a device name is never markup, in any kind of message (T31)', () => {
    const device = `<script>alert(1)</script>"><a href='https://evil.example'>win</a>`;
    for (const kind of MESSAGE_KINDS) {
      const { subject, html } = renderMessage(createMessage(kind, { origin: { device, ip: device } }), 'en', templates);
      expect(html).not.toMatch(/<script|<a href='|evil\.example/);
      expect(subject).not.toContain('alert');
    }
  });

  test('in a device name adds neither a header nor a line (T31)', () => {
    const device = 'Phone\r\nBcc: eve@example.net\r\n\r\n999999\r\n';
    const { subject, text } = renderMessage(
      { kind: 'sign-up', ...verification, origin: { device, ip: '::1' } },
      'en',
      templates,
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/999999|Bcc/);
  });

  test.each([
    ['Firefox on Linux', 'Firefox on Linux'],
    ['Microsoft Edge on Windows', 'Microsoft Edge on Windows'],
    ['iOS', 'iOS'],
    ['URGENT call +1 900 555 0100', ''],
    ['URGENT call +1 900 555 0100 on Linux', 'Linux'],
    ['Firefox on the phone of a friend', 'Firefox'],
    ['You won! https://evil.example/prize', ''],
    ['Firefox on Linux\r\nBcc: eve@example.net', 'Firefox'],
    ['', ''],
  ])('in a device name is reduced to names that we know: %j becomes %j (T105)', (device, shown) => {
    expect(keepKnownDevice(device)).toBe(shown);
  });

  test('in a User-Agent is reduced, too (T105)', () => {
    for (const agent of ['URGENT call +1 900 555/1.0 (x)', 'URGENT/1.0', 'Mozilla/5.0 (URGENT) URGENT/7'])
      expect(keepKnownDevice(describeDevice(agent))).not.toContain('URGENT');
  });

  test('that is not an IP address is not shown as one', () => {
    expect([plainIp('203.0.113.7'), plainIp('2001:db8::1'), plainIp('evil.example')]).toEqual([
      '203.0.113.7',
      '2001:db8::1',
      '',
    ]);
  });
});

describe('a late message', () => {
  const message: Message = { kind: 'sign-up', ...verification };

  test('leaves out what has expired and says how long the rest is valid', () => {
    expect(dropExpired(message, 0)).toEqual(message);
    expect(dropExpired(message, 4 * MINUTE)).toMatchObject({ code: CODE, codeTtl: 6 * MINUTE });
    expect(dropExpired(message, 10 * MINUTE)).toMatchObject({ code: undefined, link: LINK });
    expect(dropExpired(message, DAY)).toBeUndefined();
    expect(dropExpired({ ...message, link: undefined }, 10 * MINUTE)).toBeUndefined();
  });

  test('without code and link never expires', () => {
    for (const kind of ['already-registered', 'email-taken', 'account-deleted'] as const)
      expect(dropExpired(createMessage(kind), 30 * DAY)).toEqual(createMessage(kind));
  });
});
