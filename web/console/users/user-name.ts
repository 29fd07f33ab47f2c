import { isolate } from '../../shared/isolate.ts';

interface Named {
  readonly id: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

/** What a list and a heading call the user: the name, otherwise the address, the number or the ID. */
export const nameOfUser = ({ id, email, phone, firstName, lastName }: Named): string =>
  isolate([firstName, lastName].filter(Boolean).join(' ') || (email ?? phone ?? id));
