import { useAction } from '@latchkey/client/react';
import { useLocale } from '../../../shared/locale.tsx';
import { useSharedWords } from '../../../shared/shared-words.ts';
import { Card } from '../../../shared/ui/card.tsx';
import { Field, SelectField } from '../../../shared/ui/field.tsx';
import { Form, Submit } from '../../../shared/ui/form.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { type Me, type Settings, useRefresh } from '../queries.ts';
import { useProfileWords } from './words.ts';

/** The name, the company and the language of messages. */
export function Details({ me, settings }: { readonly me: Me; readonly settings: Settings }) {
  const words = useProfileWords();
  const shared = useSharedWords();
  const refresh = useRefresh();
  const { run, errors, isPending } = useAction('updateProfile');

  async function save({ firstName, lastName, companyName, locale }: Readonly<Record<string, string>>) {
    const result = await run({
      firstName: firstName || null,
      lastName: lastName || null,
      companyName: companyName || null,
      locale: locale || null,
    });
    if (result?.__typename !== 'ProfileUpdated') return;
    refresh();
    announce(words.saved);
  }
  return (
    <Card title={words.details}>
      <Form errors={errors} isPending={isPending} onSubmit={(values) => void save(values)}>
        <div className="side-by-side">
          <Field name="firstName" label={words.firstName} autoComplete="given-name" defaultValue={me.firstName ?? ''} />
          <Field name="lastName" label={words.lastName} autoComplete="family-name" defaultValue={me.lastName ?? ''} />
        </div>
        <Field
          name="companyName"
          label={words.company}
          autoComplete="organization"
          defaultValue={me.companyName ?? ''}
        />
        <LanguageOfMessages chosen={me.locale ?? ''} locales={settings.locales} />
        <Submit>{shared.save}</Submit>
      </Form>
    </Card>
  );
}

function LanguageOfMessages({ chosen, locales }: { readonly chosen: string; readonly locales: readonly string[] }) {
  const words = useProfileWords();
  const { locale } = useLocale();
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  // An app may have chosen a tag with a region, which stays until the user chooses another one. Extensions have no names.
  const tags = [...new Set(['', ...locales, chosen])];
  return (
    <SelectField name="locale" label={words.language} hint={words.languageHint} defaultValue={chosen}>
      {tags.map((tag) => (
        <option key={tag} value={tag}>
          {tag ? capitalize(names.of(new Intl.Locale(tag).baseName) ?? tag, locale) : words.anyLanguage}
        </option>
      ))}
    </SelectField>
  );
}

const capitalize = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
