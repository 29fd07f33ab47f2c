import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../../../shared/format.ts';
import { Badge } from '../../../shared/ui/badge.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { Facts } from './facts.tsx';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

export function Profile({ user, isAdmin }: { readonly user: ConsoleUser; readonly isAdmin: boolean }) {
  const words = useUserWords();
  const format = useFormat();
  const [isEdited, setEdited] = useState(false);
  const { fields, facts, none } = words;
  const verification = (isVerified: boolean) => (
    <Badge look={isVerified ? 'good' : 'plain'}>{isVerified ? words.verified : words.unverified}</Badge>
  );
  const time = (at: string | null | undefined) => (at ? format.time(at) : none);
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
        of={[
          [
            fields.email,
            user.email ? (
              <>
                {user.email} {verification(user.emailVerified)}
              </>
            ) : (
              none
            ),
          ],
          [
            fields.phone,
            user.phone ? (
              <>
                {user.phone} {verification(user.phoneVerified)}
              </>
            ) : (
              none
            ),
          ],
          [fields.firstName, user.firstName || none],
          [fields.lastName, user.lastName || none],
          [fields.companyName, user.companyName || none],
          [fields.locale, user.locale || none],
          [facts.lastLogin, time(user.lastLoginAt)],
          [facts.created, time(user.createdAt)],
          [facts.updated, time(user.updatedAt)],
          [facts.id, <code key="id">{user.id}</code>],
        ]}
      />
      {isEdited && <EditDialog user={user} onClose={() => setEdited(false)} />}
    </Card>
  );
}
