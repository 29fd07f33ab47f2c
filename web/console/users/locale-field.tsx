import { LOCALE_NAMES, LOCALES } from '../../shared/locale.tsx';
import { SelectField } from '../../shared/ui/field.tsx';

export interface LocaleFieldProps {
  readonly label: string;
  /** The name of the choice of no language. */
  readonly none: string;
  readonly chosen?: string;
}

/** The language of messages. An app may have chosen another one than these pages offer. */
export const LocaleField = ({ label, none, chosen = '' }: LocaleFieldProps) => (
  <SelectField name="locale" label={label} defaultValue={chosen}>
    <option value="">{none}</option>
    {LOCALES.map((locale) => (
      <option key={locale} value={locale}>
        {LOCALE_NAMES[locale]}
      </option>
    ))}
    {chosen && !(LOCALES as readonly string[]).includes(chosen) && <option>{chosen}</option>}
  </SelectField>
);
