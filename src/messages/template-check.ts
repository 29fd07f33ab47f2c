import { LOCALES } from '../core/locale.ts';
import { findNearest, suggest } from '../core/nearest.ts';
import type { MessageKind } from './message.ts';
import { type Product, textColorOn } from './product.ts';
import type { Fact, View } from './view.ts';

/** Kinds that ask for something: their code or their link can be missing, but not both. */
const WITH_CODE: readonly MessageKind[] = [
  'sign-up',
  'verify-email',
  'login-email',
  'sign-in',
  'reset-password',
  'invitation',
  'change-email',
];

/**
 * One line for each field that a template reads and that does not exist, and for each error when it renders a message of
 * the kind. A message that cannot be rendered would never be sent.
 */
export function findTemplateProblems(kind: MessageKind, product: Product, render: (view: object) => string): string[] {
  const problems = new Set<string>();
  for (const view of sampleViews(kind, product)) {
    const facts = view.origin.map((fact) => watchFields(fact, 'a line of it.origin', problems));
    try {
      render(watchFields({ ...view, origin: facts }, 'it', problems));
    } catch (error) {
      problems.add(`cannot render ${kind}: ${firstLines(error)}`);
    }
  }
  return [...problems];
}

/** The lines of an error that have words: the rest of it is generated code. */
export const firstLines = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n')
    .filter((line) => /\w/.test(line))
    .slice(0, 2)
    .join(': ');

/** The object itself, which adds a problem if a field is read that it does not have. */
function watchFields<T extends object>(target: T, name: string, problems: Set<string>): T {
  return new Proxy(target, {
    get(fields, key, receiver) {
      if (typeof key === 'string' && !(key in fields))
        problems.add(`${name}.${key} is not known${suggest(findNearest(key, Object.keys(fields)))}`);
      return Reflect.get(fields, key, receiver);
    },
  });
}

function sampleViews(kind: MessageKind, product: Product): View[] {
  const [code, link] = ['123456', 'https://auth.example.com/page?token=sample'];
  const contents = WITH_CODE.includes(kind)
    ? [
        { code, link },
        { code, link: undefined },
        { code: undefined, link },
      ]
    : [link, undefined].map((found) => ({ code: undefined, link: found }));
  const origins: Fact[][] = [[{ label: 'label', value: 'value' }], []];
  return LOCALES.flatMap((locale) =>
    contents.flatMap((content) =>
      origins.map((origin): View => ({ ...fixedFields(product), kind, locale, ...content, origin })),
    ),
  );
}

const fixedFields = ({
  name,
  support,
  logoUrl,
  color,
}: Product): Omit<View, 'kind' | 'locale' | 'code' | 'link' | 'origin'> => ({
  site: name,
  product: name,
  isNotice: false,
  ...{ subject: 'subject', heading: 'heading', intro: 'intro', notYou: 'notYou', footer: 'footer' },
  ...{ codeLabel: 'codeLabel', codeNote: 'codeNote', linkLabel: 'linkLabel', linkNote: 'linkNote', button: 'button' },
  originTitle: 'originTitle',
  support,
  logoUrl,
  color,
  onColor: color && textColorOn(color),
});
