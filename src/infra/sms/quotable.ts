import type { Sms } from './sms-sender.ts';

const LONGEST = 120;
/** Characters in a row that a sentence and a message do not share by chance. */
const SHARED = 8;

/**
 * A provider's own words as they may be kept: without digits, which may be the number or the code, and not at all when
 * they quote the message.
 */
export function quotable(words: unknown, { text }: Pick<Sms, 'text'>): string {
  const said = typeof words === 'string' ? words : words === undefined ? '' : JSON.stringify(words);
  if (said === '') return 'no reason given';
  for (let start = 0; start + SHARED <= text.length; start++) {
    if (said.includes(text.slice(start, start + SHARED))) return 'in words that quote the message';
  }
  const line = said.slice(0, LONGEST).replace(/[\p{Cc}\s]+/gu, ' ');
  return line.replace(/\p{Nd}/gu, '•').replace(/\S*@\S*/g, '•••');
}
