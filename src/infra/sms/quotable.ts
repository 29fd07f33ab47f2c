import type { Sms } from './sms-sender.ts';

const LONGEST = 120;
/** Characters: a gateway's text and our message do not share this many in a row by chance. */
const SHARED = 8;

/**
 * A gateway's explanation in a form that may be logged: digits and addresses are masked, because they may be the number
 * or the code. It is dropped if it quotes our text.
 */
export function quotable(explanation: unknown, { text }: Pick<Sms, 'text'>): string {
  const reason =
    typeof explanation === 'string' ? explanation : explanation === undefined ? '' : JSON.stringify(explanation);
  if (reason === '') return 'no reason given';
  for (let start = 0; start + SHARED <= text.length; start++) {
    if (reason.includes(text.slice(start, start + SHARED))) return 'a reason that quotes the message';
  }
  const line = reason.slice(0, LONGEST).replace(/[\p{Cc}\s]+/gu, ' ');
  return line.replace(/\p{Nd}/gu, '•').replace(/\S*@\S*/g, '•••');
}
