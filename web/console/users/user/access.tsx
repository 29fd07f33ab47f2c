import { Badge } from '../../../shared/ui/badge.tsx';
import { Card } from '../../../shared/ui/card.tsx';
import { Facts } from './facts.tsx';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

const isEmpty = (object: object | null | undefined): boolean => Object.keys(object ?? {}).length === 0;

/** What the user may do in the surrounding app, and the app's data. */
export function Access({ user, isAdmin }: { readonly user: ConsoleUser; readonly isAdmin: boolean }) {
  const { cards, fields, none } = useUserWords();
  const json = (object: object | null | undefined) =>
    isEmpty(object) ? none : <pre className="json">{JSON.stringify(object, null, 2)}</pre>;
  return (
    <Card title={cards.access}>
      <Facts
        of={[
          [
            fields.permissions,
            user.permissions.length === 0 ? (
              none
            ) : (
              <span key="permissions" className="badges">
                {user.permissions.map((permission) => (
                  <Badge key={permission}>{permission}</Badge>
                ))}
              </span>
            ),
          ],
          [fields.publicMetadata, json(user.publicMetadata)],
          ...(isAdmin ? [[fields.privateMetadata, json(user.privateMetadata)] as const] : []),
        ]}
      />
    </Card>
  );
}
