import { DAY, MINUTE } from '../../src/core/clock.ts';
import type { Email, Phone } from '../../src/core/identifiers.ts';
import { FACTOR_CHANGES, type Message, type MessageKind } from '../../src/messages/message.ts';

// An example of each message.

export const CODE = '048291';
export const LINK = 'https://auth.example.com/verify-email?token=QvX3c0hV7bV9mB1nT2kL8zR5&x=1';
export const to = 'aziza@example.org' as Email; // Parsed by hand.
export const origin = { device: 'Firefox on Linux', ip: '203.0.113.7' };
export const verification = { to, code: CODE, codeTtl: 10 * MINUTE, link: LINK, linkTtl: DAY, origin };
export const AT = '2026-11-20T09:05:59.999Z';
export const notice = { to, at: AT, origin };
const undo = { newAddress: 'zara.karimova@example.net' as Email, undoLink: LINK, linkTtl: 3 * DAY };
export const numbers = { oldPhone: '+998901234567' as Phone, newPhone: '+998907654321' as Phone };
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
export const createMessage = (kind: MessageKind, changes: object = {}) =>
  ({ kind, ...EXAMPLES[kind], ...changes }) as Message;
