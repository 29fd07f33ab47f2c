import type { Locale } from '../core/locale.ts';
import type { MessageKind } from './message.ts';

export interface Fact {
  label: string;
  value: string;
}

/** What a template receives as `it`. */
export interface View {
  kind: MessageKind;
  locale: Locale;
  /** The name of the product, twice: `site` is the older name. */
  site: string;
  product: string;
  /** In a notice the facts come first, then the link. */
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
  /** How to reach support; undefined without SUPPORT_CONTACT. */
  support: string | undefined;
  logoUrl: string | undefined;
  /** #rrggbb, and the colour of text on it. */
  color: string | undefined;
  onColor: string | undefined;
  footer: string;
}
