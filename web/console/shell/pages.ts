import { KeyRound, LayoutDashboard, type LucideIcon, ScrollText, Send, Settings, Users } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import type { Role } from '../../generated/documents.ts';

export type PageName = 'overview' | 'users' | 'activity' | 'deliveries' | 'keys' | 'settings';

export interface ConsolePage {
  readonly path: string;
  /** The entry of the menu that it belongs to. */
  readonly name: PageName;
  /** STAFF: for administrators, too. The server decides what is allowed. */
  readonly role: Role;
  /** Pages without an icon are not in the menu. */
  readonly icon?: LucideIcon;
  readonly Page: ComponentType<{ readonly params: Readonly<Record<string, string | undefined>> }>;
}

/** The pages of the console, in the order of the menu. Each is loaded when it is opened first. */
export const PAGES: readonly ConsolePage[] = [
  {
    path: '/console',
    name: 'overview',
    role: 'ADMIN',
    icon: LayoutDashboard,
    Page: lazy(() => import('../overview/page.tsx')),
  },
  {
    path: '/console/users',
    name: 'users',
    role: 'STAFF',
    icon: Users,
    Page: lazy(() => import('../users/list/page.tsx')),
  },
  { path: '/console/users/new', name: 'users', role: 'ADMIN', Page: lazy(() => import('../users/invite/page.tsx')) },
  { path: '/console/users/:id', name: 'users', role: 'STAFF', Page: lazy(() => import('../users/user/page.tsx')) },
  {
    path: '/console/activity',
    name: 'activity',
    role: 'ADMIN',
    icon: ScrollText,
    Page: lazy(() => import('../activity/page.tsx')),
  },
  {
    path: '/console/deliveries',
    name: 'deliveries',
    role: 'ADMIN',
    icon: Send,
    Page: lazy(() => import('../deliveries/page.tsx')),
  },
  { path: '/console/keys', name: 'keys', role: 'ADMIN', icon: KeyRound, Page: lazy(() => import('../keys/page.tsx')) },
  {
    path: '/console/settings',
    name: 'settings',
    role: 'ADMIN',
    icon: Settings,
    Page: lazy(() => import('../settings/page.tsx')),
  },
];
