import { useState } from 'react';
import { useLocale } from '../../../shared/locale.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { plural } from '../../../shared/words.ts';
import { Check } from '../../parts/check.tsx';
import { LocaleField } from '../locale-field.tsx';
import type { FieldName, Values } from './edit-values.ts';
import { TextArea } from './text-area.tsx';
import { useUserWords } from './words.ts';

interface EditFieldsProps {
  readonly values: Values;
  /** How many of the user end with a change of the address or the number. */
  readonly sessions: number;
}

export function EditFields({ values, sessions }: EditFieldsProps) {
  const words = useUserWords();
  const { locale } = useLocale();
  const { fields, hints } = words;
  const [contact, setContact] = useState({ email: values.email, phone: values.phone });
  const endsSessions = sessions > 0 && (contact.email !== values.email || contact.phone !== values.phone);

  const text = (name: FieldName) => <Field name={name} label={fields[name]} defaultValue={values[name]} />;
  const ofContact = (name: 'email' | 'phone') => (
    <Field
      name={name}
      type={name === 'email' ? 'email' : 'tel'}
      label={fields[name]}
      value={contact[name]}
      onChange={({ target }) => setContact({ ...contact, [name]: target.value })}
    />
  );
  const flag = (name: FieldName) => <Check name={name} label={fields[name]} defaultChecked={values[name] === 'on'} />;
  return (
    <>
      {text('firstName')}
      {text('lastName')}
      {text('companyName')}
      <LocaleField label={fields.locale} none={words.none} chosen={values.locale} />
      {ofContact('email')}
      {flag('emailVerified')}
      {ofContact('phone')}
      {flag('phoneVerified')}
      {endsSessions && <Notice>{plural(locale, sessions, words.ends.sessions)}</Notice>}
      <fieldset>
        <legend>{words.cards.access}</legend>
        {flag('staff')}
        {flag('admin')}
      </fieldset>
      <TextArea
        name="permissions"
        label={fields.permissions}
        hint={hints.permissions}
        defaultValue={values.permissions}
      />
      <TextArea
        name="publicMetadata"
        label={fields.publicMetadata}
        hint={hints.metadata}
        defaultValue={values.publicMetadata}
      />
      <TextArea
        name="privateMetadata"
        label={fields.privateMetadata}
        hint={hints.metadata}
        defaultValue={values.privateMetadata}
      />
      <Field name="reason" label={words.reason} hint={hints.reason} maxLength={500} />
    </>
  );
}
