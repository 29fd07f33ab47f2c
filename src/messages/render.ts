import { keepKnownDevice } from '../core/device.ts';
import { maskPhone, maskStrangersEmail, type Phone } from '../core/identifiers.ts';
import type { Locale } from '../core/locale.ts';
import { choosePluralForm, formatDuration, formatMoment } from './formats.ts';
import type { Addition, Message, NoticeMessage, Origin } from './message.ts';
import { plainIp } from './plain.ts';
import { textColorOn } from './product.ts';
import type { Templates } from './templates.ts';
import type { Fact, View } from './view.ts';
import type { Plural, Words } from './words.ts';

/** A message in the recipient's language. */
export interface Rendered {
  /** Contains no code and no user input, because it is shown on locked screens. */
  subject: string;
  text: string;
  html: string;
}

export function renderMessage(message: Message, locale: Locale, templates: Templates): Rendered {
  const view = buildView(message, locale, templates);
  return {
    subject: view.subject,
    // Sections that a template skips leave empty lines behind.
    text: `${templates
      .fill(message.kind, 'txt', view)
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
    html: templates.fill(message.kind, 'html', view),
  };
}

function buildView(message: Message, locale: Locale, templates: Templates): View {
  const { kinds, shared } = templates.words(locale);
  const own = kinds[message.kind];
  const linkLabel = own.linkLabel ?? shared.linkLabel;
  const orLinkLabel = own.orLinkLabel ?? shared.orLinkLabel;
  const { code, link, codeTtl, linkTtl } = pickCodeAndLink(message);
  const validity = (ttl: number | undefined) =>
    ttl === undefined ? '' : shared.validFor.replaceAll('{duration}', formatDuration(ttl, locale));
  const isNotice = 'at' in message;
  return {
    kind: message.kind,
    locale,
    site: templates.product.name,
    product: templates.product.name,
    isNotice,
    subject: own.subject,
    heading: own.heading,
    intro: [own.intro, mentionSuppressed(message, own.more ?? shared.more, locale)].filter(Boolean).join(' '),
    code,
    codeLabel: shared.codeLabel,
    codeNote: `${validity(codeTtl)} ${shared.codeNote}`.trim(),
    link,
    linkLabel: code === undefined ? linkLabel : orLinkLabel,
    linkNote: validity(linkTtl),
    button: own.button ?? shared.button,
    originTitle: isNotice ? shared.facts : shared.origin,
    origin: [...listChanges(message, shared, locale), ...listOrigin(message.origin, shared)],
    notYou: own.notYou,
    support: templates.product.support === undefined ? undefined : shared.support,
    logoUrl: templates.product.logoUrl,
    color: templates.product.color,
    onColor: templates.product.color && textColorOn(templates.product.color),
    footer: shared.footer,
  };
}

/** For example: And 3 more sign-ins from new devices since our last message. */
function mentionSuppressed(message: Message, forms: Plural, locale: Locale): string {
  const more = ('more' in message && message.more) || 0;
  return more === 0 ? '' : choosePluralForm(forms, more, locale).replaceAll('{count}', String(more));
}

interface CodeAndLink {
  code: string | undefined;
  link: string | undefined;
  /** Milliseconds. */
  codeTtl?: number | undefined;
  linkTtl?: number | undefined;
}

export function pickCodeAndLink(message: Message): CodeAndLink {
  const none = { code: undefined, link: undefined };
  switch (message.kind) {
    case 'already-registered':
    case 'email-taken':
    case 'phone-removed':
    case 'email-removed':
    case 'account-changed':
    case 'second-factors-reset':
    case 'account-deleted':
      return none;
    case 'email-changed':
      return { ...none, link: message.undoLink, linkTtl: message.linkTtl };
    case 'new-device':
    case 'password-changed':
    case 'identity-linked':
    case 'identity-unlinked':
    case 'factor-changed':
    case 'recovery-code-used':
    case 'phone-changed':
      return { ...none, link: message.notMeLink, linkTtl: message.linkTtl };
    default: {
      const { code, codeTtl, link, linkTtl } = message;
      return { code, codeTtl, link, linkTtl };
    }
  }
}

/** When it happened and what changed. Masked, because the mailbox may have other readers. */
function listChanges(message: Message, words: Words['shared'], locale: Locale): Fact[] {
  if (!('at' in message)) return [];
  return [{ label: words.at, value: formatMoment(message.at, locale) }, ...listDetails(message, words, locale)];
}

function listDetails(message: NoticeMessage, words: Words['shared'], locale: Locale): Fact[] {
  const phone = (label: string, number: Phone | undefined) => (number ? [{ label, value: maskPhone(number) }] : []);
  switch (message.kind) {
    case 'email-changed':
      return [{ label: words.newAddress, value: maskStrangersEmail(message.newAddress) }];
    case 'phone-changed':
      return [...phone(words.oldPhone, message.oldPhone), ...phone(words.newPhone, message.newPhone)];
    case 'phone-removed':
      return phone(words.oldPhone, message.oldPhone);
    case 'identity-linked':
    case 'identity-unlinked':
      return [{ label: words.provider, value: message.label }];
    case 'password-changed':
      return (message.added ?? []).map((addition) => ({
        label: addition.factor ? words.factorAdded : words.added,
        value: `${describeAddition(addition, words)} (${formatMoment(addition.at, locale)})`,
      }));
    case 'factor-changed':
      return message.changes.map((change) => ({ label: words.change, value: words[change] }));
    case 'recovery-code-used':
      return [{ label: words.recoveryCodesLeft, value: String(message.left) }];
    case 'account-changed':
      return [
        ...(message.roles ? [{ label: words.roles, value: message.roles.join(', ') || '–' }] : []),
        ...(message.isActive === undefined
          ? []
          : [{ label: words.status, value: message.isActive ? words.active : words.deactivated }]),
      ];
    default:
      return [];
  }
}

function describeAddition(addition: Addition, words: Words['shared']): string {
  if (addition.factor !== undefined) return words[addition.factor];
  return addition.phone === undefined ? addition.label : maskPhone(addition.phone);
}

const listOrigin = (origin: Origin, words: Words['shared']): Fact[] =>
  [
    { label: words.device, value: keepKnownDevice(origin.device) },
    { label: words.ip, value: plainIp(origin.ip) },
  ].filter((line) => line.value !== '');
