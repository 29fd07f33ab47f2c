import { maskEmail, maskPhone } from '../core/identifiers.ts';
import type { Locale } from '../core/locale.ts';
import type { Message, Origin } from './message.ts';
import { plainDevice, plainIp } from './plain.ts';
import { momentInWords, spanInWords } from './spans.ts';
import type { Templates } from './templates.ts';
import type { Words } from './words.ts';

/** A message in its final words. */
export interface Rendered {
  /** Holds nothing that a person typed, and no code: it is shown on locked screens. */
  subject: string;
  text: string;
  html: string;
}

interface Fact {
  label: string;
  value: string;
}

/** What a template is given as `it`. */
interface View {
  kind: Message['kind'];
  locale: Locale;
  site: string;
  /** It tells what has happened and asks for nothing: the facts come first, then the link. */
  isNotice: boolean;
  subject: string;
  heading: string;
  intro: string;
  code: string | undefined;
  codeLabel: string;
  codeNote: string;
  link: string | undefined;
  linkLabel: string;
  linkNote: string;
  button: string;
  originTitle: string;
  origin: Fact[];
  notYou: string;
  footer: string;
}

export function renderMessage(message: Message, locale: Locale, templates: Templates): Rendered {
  const view = viewOf(message, locale, templates);
  return {
    subject: view.subject,
    // What a template leaves out leaves empty lines behind.
    text: `${templates
      .fill(message.kind, 'txt', view)
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
    html: templates.fill(message.kind, 'html', view),
  };
}

function viewOf(message: Message, locale: Locale, templates: Templates): View {
  const { kinds, shared } = templates.words(locale);
  const own = kinds[message.kind];
  const linkLabel = own.linkLabel ?? shared.linkLabel;
  const orLinkLabel = own.orLinkLabel ?? shared.orLinkLabel;
  const named = (text: string) => text.replaceAll('{site}', templates.site);
  const { code, link, codeTtl, linkTtl } = proofOf(message);
  const valid = (ttl: number | undefined) =>
    ttl === undefined ? '' : shared.validFor.replaceAll('{duration}', spanInWords(ttl, locale));
  const isNotice = 'at' in message;
  return {
    kind: message.kind,
    locale,
    site: templates.site,
    isNotice,
    subject: named(own.subject),
    heading: named(own.heading),
    intro: named(own.intro),
    code,
    codeLabel: shared.codeLabel,
    codeNote: `${valid(codeTtl)} ${named(shared.codeNote)}`.trim(),
    link,
    linkLabel: code === undefined ? linkLabel : orLinkLabel,
    linkNote: valid(linkTtl),
    button: own.button ?? shared.button,
    originTitle: isNotice ? shared.facts : shared.origin,
    origin: [...changesOf(message, shared, locale), ...originLines(message.origin, shared)],
    notYou: named(own.notYou),
    footer: named(shared.footer),
  };
}

/** Code and link of a message that has them. */
export function proofOf(message: Message): Pick<Extract<Message, { kind: 'sign-up' }>, 'codeTtl' | 'linkTtl'> & {
  code: string | undefined;
  link: string | undefined;
} {
  const none = { code: undefined, link: undefined };
  switch (message.kind) {
    case 'already-registered':
    case 'email-taken':
    case 'account-deleted':
      return none;
    case 'email-changed':
      return { ...none, link: message.undoLink, linkTtl: message.linkTtl };
    case 'new-device':
    case 'password-changed':
    case 'phone-changed':
      return { ...none, link: message.notMeLink, linkTtl: message.linkTtl };
    default: {
      const { code, codeTtl, link, linkTtl } = message;
      return { code, codeTtl, link, linkTtl };
    }
  }
}

/** What a notice tells: when it was, and what is other than before. Masked, because a mailbox is read by more than one. */
function changesOf(message: Message, words: Words['shared'], locale: Locale): Fact[] {
  if (!('at' in message)) return [];
  const facts = [{ label: words.at, value: momentInWords(message.at, locale) }];
  if (message.kind === 'email-changed') facts.push({ label: words.newAddress, value: maskEmail(message.newAddress) });
  if (message.kind === 'phone-changed') {
    if (message.oldPhone) facts.push({ label: words.oldPhone, value: maskPhone(message.oldPhone) });
    facts.push({ label: words.newPhone, value: maskPhone(message.newPhone) });
  }
  return facts;
}

const originLines = (origin: Origin, words: Words['shared']): Fact[] =>
  [
    { label: words.device, value: plainDevice(origin.device) },
    { label: words.ip, value: plainIp(origin.ip) },
  ].filter((line) => line.value !== '');
