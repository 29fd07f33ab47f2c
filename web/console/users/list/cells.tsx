import type { ComponentType } from 'react';
import { Link } from 'wouter';
import type { ListedUserFragment } from '../../../generated/documents.ts';
import { isolate } from '../../../shared/isolate.ts';
import { Badge } from '../../../shared/ui/badge.tsx';
import { Badges } from '../../parts/badges.tsx';
import { Time } from '../../parts/time.tsx';
import { useShellWords } from '../../shell/words.ts';
import { nameOfUser } from '../user-name.ts';
import type { ColumnName } from './columns.ts';
import { useUserListWords } from './words.ts';

interface CellProps {
  readonly user: ListedUserFragment;
}

function UserCell({ user }: CellProps) {
  const words = useUserListWords();
  const { id, email, emailVerified } = user;
  const name = nameOfUser(user);
  return (
    <>
      <Link className="row-link break" href={`/console/users/${id}`}>
        {name}
      </Link>
      {name !== isolate(email ?? '') && <span className="line break">{email ?? words.noName}</span>}
      {email && !emailVerified && <span className="line hint">{words.unverified}</span>}
    </>
  );
}

function PhoneCell({ user: { phone, phoneVerified } }: CellProps) {
  const words = useUserListWords();
  if (!phone) return null;
  return (
    <>
      <span className="number">{phone}</span>
      {!phoneVerified && <span className="line hint">{words.unverified}</span>}
    </>
  );
}

function RolesCell({ user: { roles } }: CellProps) {
  const words = useShellWords();
  return <Badges of={roles.map((role) => words.roles[role])} />;
}

function StatusCell({ user: { isActive } }: CellProps) {
  const words = useUserListWords();
  return isActive ? words.activeYes : <Badge look="bad">{words.activeNo}</Badge>;
}

function FactorCell({ user: { secondFactorRequired } }: CellProps) {
  const words = useUserListWords();
  return secondFactorRequired ? (
    <Badge look="good">{words.factorYes}</Badge>
  ) : (
    <span className="quiet-text">{words.factorNo}</span>
  );
}

function LastLoginCell({ user: { lastLoginAt } }: CellProps) {
  const words = useUserListWords();
  return lastLoginAt ? <Time at={lastLoginAt} /> : <span className="quiet-text">{words.never}</span>;
}

export const CELLS: Readonly<Record<ColumnName, ComponentType<CellProps>>> = {
  user: UserCell,
  phone: PhoneCell,
  company: ({ user }) => <span className="break">{user.companyName}</span>,
  roles: RolesCell,
  permissions: ({ user }) => <Badges of={user.permissions} />,
  status: StatusCell,
  factor: FactorCell,
  locale: ({ user }) => user.locale,
  lastLogin: LastLoginCell,
  created: ({ user }) => <Time at={user.createdAt} as="day" />,
  updated: ({ user }) => <Time at={user.updatedAt} />,
};

/** Whether a card leaves the column out: it would say nothing. */
export const isEmptyCell = (column: ColumnName, user: ListedUserFragment): boolean =>
  (column === 'phone' && !user.phone) ||
  (column === 'company' && !user.companyName) ||
  (column === 'locale' && !user.locale) ||
  (column === 'roles' && user.roles.length === 0) ||
  (column === 'permissions' && user.permissions.length === 0);
