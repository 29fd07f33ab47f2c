import { BadgeCheck, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import type { Me, Settings } from '../queries.ts';
import { ChangeEmail, ChangePhone, VerifyEmail, VerifyPhone } from './contact-dialogs.tsx';
import { type ContactDialog, readCode } from './kept-code.ts';
import { useProfileWords } from './words.ts';

/** The email address and the phone number, and whether they are verified. */
export function Contact({ me, settings }: { readonly me: Me; readonly settings: Settings }) {
  const words = useProfileWords();
  const [open, setOpen] = useState<ContactDialog | undefined>(() => readCode(me.id)?.dialog);
  const close = () => setOpen(undefined);
  const { email, emailVerified, phone, phoneVerified, hasPassword } = me;
  return (
    <Card title={words.contact}>
      <ul className="rows">
        <Row label={words.email} value={email} isVerified={emailVerified} hint={words.unverifiedEmail}>
          {email && !emailVerified && (
            <Button subject={words.email} onClick={() => setOpen('verifyEmail')}>
              {words.verify}
            </Button>
          )}
          <Button subject={words.email} onClick={() => setOpen('changeEmail')}>
            {email ? words.change : words.add}
          </Button>
        </Row>
        {(phone || settings.phoneSignIn) && (
          <Row label={words.phone} value={phone} isVerified={phoneVerified} hint={words.unverifiedPhone}>
            {settings.phoneSignIn && phone && !phoneVerified && (
              <Button subject={words.phone} onClick={() => setOpen('verifyPhone')}>
                {words.verify}
              </Button>
            )}
            {settings.phoneSignIn && (
              <Button subject={words.phone} onClick={() => setOpen('changePhone')}>
                {phone ? words.change : words.add}
              </Button>
            )}
          </Row>
        )}
      </ul>
      {open === 'changeEmail' && (
        <ChangeEmail title={email ? words.changeEmail : words.addEmail} needsPassword={hasPassword} onClose={close} />
      )}
      {open === 'verifyEmail' && email && <VerifyEmail email={email} onClose={close} />}
      {open === 'changePhone' && (
        <ChangePhone
          title={phone ? words.changePhone : words.addPhone}
          needsPassword={hasPassword && phoneVerified}
          onClose={close}
        />
      )}
      {open === 'verifyPhone' && phone && <VerifyPhone phone={phone} onClose={close} />}
    </Card>
  );
}

interface RowProps {
  readonly label: string;
  readonly value: string | null | undefined;
  readonly isVerified: boolean;
  /** Why it should be verified. */
  readonly hint: string;
  readonly children: ReactNode;
}

function Row({ label, value, isVerified, hint, children }: RowProps) {
  const words = useProfileWords();
  const Icon = isVerified ? BadgeCheck : TriangleAlert;
  return (
    <li>
      <div>
        <p className="quiet-text">{label}</p>
        <p className="value">{value ?? words.none}</p>
        {value && (
          <p className={isVerified ? 'state good' : 'state bad'}>
            <Icon aria-hidden size={16} />
            {isVerified ? words.verified : words.unverified}
          </p>
        )}
        {value && !isVerified && <p className="quiet-text">{hint}</p>}
      </div>
      <div className="row-actions">{children}</div>
    </li>
  );
}
