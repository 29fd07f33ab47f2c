import type { ComponentType } from 'react';
import { Link } from 'wouter';
import type { ListedUserFragment } from '../../../generated/documents.ts';
import { useFormat } from '../../../shared/format.ts';
import { Badge } from '../../../shared/ui/badge.tsx';
import { useShellWords } from '../../shell/words.ts';
import { nameOfUser } from '../user-name.ts';
import type { ColumnName } from './columns.ts';
import { useListWords } from './words.ts';

interface CellProps {
  readonly user: ListedUserFragment;
}

function UserCell({ user }: CellProps) {
  const words = useListWords();
  const { id, email, emailVerified } = user;
  const name = nameOfUser(user);
  return (
    <>
      <Link className="row-link break" href={`/console/users/${id}`}>
        {name}
      </Link>
      {name !== email && <span className="line break">{email ?? words.noName}</span>}
      {email && !emailVerified && <span className="line hint">{words.unverified}</span>}
    </>
  );
}

function PhoneCell({ user: { phone, phoneVerified } }: CellProps) {
  const words = useListWords();
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
  return (
    <span className="badges">
      {roles.map((role) => (
        <Badge key={role}>{words.roles[role]}</Badge>
      ))}
    </span>
  );
}

const PermissionsCell = ({ user: { permissions } }: CellProps) => (
  <span className="badges">
    {permissions.map((permission) => (
      <Badge key={permission}>{permission}</Badge>
    ))}
  </span>
);

function StatusCell({ user: { isActive } }: CellProps) {
  const words = useListWords();
  return isActive ? words.activeYes : <Badge look="bad">{words.activeNo}</Badge>;
}

function FactorCell({ user: { secondFactorRequired } }: CellProps) {
  const words = useListWords();
  return secondFactorRequired ? (
    <Badge look="good">{words.factorYes}</Badge>
  ) : (
    <span className="quiet-text">{words.factorNo}</span>
  );
}

/** How long ago, and the exact time on hover. */
export function Ago({ at }: { readonly at: string | null | undefined }) {
  const format = useFormat();
  const words = useListWords();
  if (!at) return <span className="quiet-text">{words.never}</span>;
  return (
    <time className="fixed" dateTime={at} title={format.time(at)}>
      {format.ago(at)}
    </time>
  );
}

function CreatedCell({ user: { createdAt } }: CellProps) {
  const format = useFormat();
  return (
    <time className="fixed" dateTime={createdAt} title={format.time(createdAt)}>
      {format.day(createdAt)}
    </time>
  );
}

export const CELLS: Readonly<Record<ColumnName, ComponentType<CellProps>>> = {
  user: UserCell,
  phone: PhoneCell,
  company: ({ user }) => <span className="break">{user.companyName}</span>,
  roles: RolesCell,
  permissions: PermissionsCell,
  status: StatusCell,
  factor: FactorCell,
  locale: ({ user }) => user.locale,
  lastLogin: ({ user }) => <Ago at={user.lastLoginAt} />,
  created: CreatedCell,
  updated: ({ user }) => <Ago at={user.updatedAt} />,
};

/** Whether a card leaves the column out: it would say nothing. */
export const isEmptyCell = (column: ColumnName, user: ListedUserFragment): boolean =>
  (column === 'phone' && !user.phone) ||
  (column === 'company' && !user.companyName) ||
  (column === 'locale' && !user.locale) ||
  (column === 'roles' && user.roles.length === 0) ||
  (column === 'permissions' && user.permissions.length === 0);
