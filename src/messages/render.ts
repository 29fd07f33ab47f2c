import type { Locale } from '../core/locale.ts';
import type { Message, Origin } from './message.ts';
import { plainDevice, plainIp } from './plain.ts';
import { spanInWords } from './spans.ts';
import type { Templates } from './templates.ts';
import type { Words } from './words.ts';

/** A message in its final words. */
export interface Rendered {
  /** Holds nothing that a person typed, and no code: it is shown on locked screens. */
  subject: string;
  text: string;
  html: string;
}

/** What a template is given as `it`. */
interface View {
  kind: Message['kind'];
  locale: Locale;
  site: string;
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
  origin: { label: string; value: string }[];
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
  const words = templates.words(locale);
  const { subject, heading, intro, notYou } = words.kinds[message.kind];
  const named = (text: string) => text.replaceAll('{site}', templates.site);
  const { code, link, codeTtl, linkTtl } = proofOf(message);
  const valid = (ttl: number | undefined) =>
    ttl === undefined ? '' : words.shared.validFor.replaceAll('{duration}', spanInWords(ttl, locale));
  return {
    kind: message.kind,
    locale,
    site: templates.site,
    subject: named(subject),
    heading: named(heading),
    intro: named(intro),
    code,
    codeLabel: words.shared.codeLabel,
    codeNote: `${valid(codeTtl)} ${named(words.shared.codeNote)}`.trim(),
    link,
    linkLabel: code === undefined ? words.shared.linkLabel : words.shared.orLinkLabel,
    linkNote: valid(linkTtl),
    button: words.shared.button,
    originTitle: words.shared.origin,
    origin: originLines(message.origin, words.shared),
    notYou: named(notYou),
    footer: named(words.shared.footer),
  };
}

/** Code and link of a message that has them. */
export const proofOf = (message: Message) =>
  message.kind === 'already-registered'
    ? { code: undefined, link: undefined, codeTtl: undefined, linkTtl: undefined }
    : message;

const originLines = (origin: Origin, words: Words['shared']) =>
  [
    { label: words.device, value: plainDevice(origin.device) },
    { label: words.ip, value: plainIp(origin.ip) },
  ].filter((line) => line.value !== '');
