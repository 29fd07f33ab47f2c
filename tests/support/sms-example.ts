import { randomUUID } from 'node:crypto';
import { parsePhone } from '../../src/core/phones.ts';
import type { Sms } from '../../src/infra/sms/sms-sender.ts';

export const CODE = '048291';
export const DIGITS = '901234567';

/** A message with a code. */
export function sms(changes: Partial<Sms> = {}): Sms {
  const to = parsePhone(`+998${DIGITS}`);
  if (!to) throw new Error('not a number');
  const text = `Kirish kodi: ${CODE}. Ҳеч кимга айтманг.\n@auth.example.com #${CODE}`;
  return { to, text, locale: 'uz', reference: randomUUID(), lifetime: 600_000, code: CODE, ...changes };
}
