import { encodeWords, foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import type { Sender } from '../../core/sender.ts';
import type { Mail } from './mailer.ts';

/** RFC 5322 section 2.1.1: maximum characters of a line, without the line break. */
const LONGEST_LINE = 998;
/** RFC 2045 section 6.8. */
const BASE64_LINE = /.{1,76}/g;
const PRINTABLE_ASCII = /^[\t\r\n\x20-\x7e]*$/;

/** The `From` header, with its name quoted or encoded if necessary. */
export const fromHeader = (sender: Sender): string =>
  new MimeNode('text/plain')
    .setHeader('from', sender)
    .buildHeaders()
    .split(/\r\n(?=\S)/)
    .find(isFrom) ?? '';

const isFrom = (line: string): boolean => line.startsWith('From:');

/**
 * The whole message, with text and HTML (RFC 2046 section 5.1.4). Nodemailer composes it through a dozen streams, which
 * costs more than sending it.
 * @param from the header line
 * @param messageId with its domain
 */
export function composeMessage({ to, subject, text, html }: Mail, from: string, messageId: string, now: Date): Buffer {
  const boundary = `_${messageId.replace(/@.*|[^\w-]/gs, '')}`;
  return Buffer.from(
    [
      from,
      header('To', to),
      header('Subject', encodeWords(subject, 'B', 52, true)),
      header('Message-ID', `<${messageId}>`),
      `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
      'MIME-Version: 1.0',
      // RFC 3834: suppresses out-of-office replies.
      'Auto-Submitted: auto-generated',
      `Content-Type: multipart/alternative; boundary="${boundary}"`,
      '',
      ...part(boundary, 'text/plain', text),
      ...part(boundary, 'text/html', html),
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}

/** Prevents header injection: the result is always one header. */
const header = (name: string, value: string): string => foldLines(`${name}: ${value.replace(/\p{Cc}+/gu, ' ')}`, 76);

function part(boundary: string, type: string, content: string): string[] {
  const lines = content.split(/\r?\n/);
  const plain = PRINTABLE_ASCII.test(content) && lines.every(({ length }) => length <= LONGEST_LINE);
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${plain ? '7bit' : 'base64'}`,
    '',
    ...(plain ? lines : (Buffer.from(content).toString('base64').match(BASE64_LINE) ?? [])),
  ];
}
