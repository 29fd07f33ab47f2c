import { useState } from 'react';
import { Card } from '../../../shared/ui/card.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { fill } from '../../../shared/words.ts';
import { Check } from '../../parts/check.tsx';
import { LocaleField } from '../locale-field.tsx';
import { useInviteWords } from './words.ts';

export function InviteFields() {
  const words = useInviteWords();
  return (
    <>
      <Contact />
      <Card title={words.profile}>
        <div className="pair">
          <Field name="firstName" label={words.firstName} autoComplete="off" />
          <Field name="lastName" label={words.lastName} autoComplete="off" />
          <Field name="companyName" label={words.company} autoComplete="off" />
          <LocaleField label={words.language} none={words.languageAny} />
        </div>
      </Card>
      <Access />
    </>
  );
}

/** Where the user can be reached, and what is sent there. */
function Contact() {
  const words = useInviteWords();
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [isVerified, setVerified] = useState(false);
  const consequence = email.trim()
    ? fill(words.sends, { email: email.trim() })
    : phone.trim() && isVerified
      ? fill(words.sendsNothing, { phone: phone.trim() })
      : words.needsAddress;
  return (
    <Card title={words.contact}>
      <p className="hint">{words.contactHint}</p>
      <Field
        name="email"
        type="email"
        label={words.email}
        autoComplete="off"
        spellCheck={false}
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <Field
        name="phone"
        type="tel"
        label={words.phone}
        hint={words.phoneHint}
        autoComplete="off"
        value={phone}
        onChange={({ target }) => setPhone(target.value)}
      />
      {phone.trim() && (
        <Check
          name="phoneVerified"
          label={words.phoneVerified}
          checked={isVerified}
          onChange={({ target }) => setVerified(target.checked)}
        />
      )}
      <p className="consequence" role="status">
        {consequence}
      </p>
    </Card>
  );
}

function Access() {
  const words = useInviteWords();
  const [roles, setRoles] = useState({ staff: false, admin: false });
  return (
    <Card title={words.access}>
      <div className="stacked">
        {(['staff', 'admin'] as const).map((role) => (
          <Check
            key={role}
            name={role}
            label={words[role]}
            checked={roles[role]}
            onChange={({ target }) => setRoles({ ...roles, [role]: target.checked })}
          />
        ))}
      </div>
      {(roles.staff || roles.admin) && <p className="consequence">{words.grantsRole}</p>}
      <Field
        name="permissions"
        label={words.permissions}
        hint={words.permissionsHint}
        autoComplete="off"
        spellCheck={false}
      />
      <Field name="reason" label={words.reason} hint={words.reasonHint} autoComplete="off" maxLength={500} />
    </Card>
  );
}
