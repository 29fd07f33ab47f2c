import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../../shared/ui/badge.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Time } from '../../parts/time.tsx';
import { EditDialog } from './edit-dialog.tsx';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

export function Profile({ user, isAdmin }: { readonly user: ConsoleUser; readonly isAdmin: boolean }) {
  const words = useUserWords();
  const [isEdited, setEdited] = useState(false);
  const { fields, facts, none } = words;
  const contact = (value: string | null | undefined, isVerified: boolean) =>
    value ? (
      <>
        <bdi>{value}</bdi>{' '}
        <Badge look={isVerified ? 'good' : 'plain'}>{isVerified ? words.verified : words.unverified}</Badge>
      </>
    ) : (
      none
    );
  const time = (at: string | null | undefined) => (at ? <Time at={at} as="time" /> : none);
  return (
    <Card
      title={words.cards.profile}
      actions={
        isAdmin && (
          <Button onClick={() => setEdited(true)}>
            <Pencil size={16} aria-hidden />
            {words.edit}
          </Button>
        )
      }
    >
      <Facts
        look="rows"
        of={{
          [fields.email]: contact(user.email, user.emailVerified),
          [fields.phone]: contact(user.phone, user.phoneVerified),
          [fields.firstName]: user.firstName || none,
          [fields.lastName]: user.lastName || none,
          [fields.companyName]: user.companyName || none,
          [fields.locale]: user.locale || none,
          [facts.lastLogin]: time(user.lastLoginAt),
          [facts.created]: time(user.createdAt),
          [facts.updated]: time(user.updatedAt),
          [facts.id]: <code>{user.id}</code>,
        }}
      />
      {isEdited && <EditDialog user={user} onClose={() => setEdited(false)} />}
    </Card>
  );
}
