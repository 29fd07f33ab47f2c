import type { Preset } from './preset.ts';

/** The table wp_users of WordPress. WordPress does not record whether an address is verified. */
export const wordpress: Preset = {
  columns: {
    id: ['ID', 'id'],
    email: ['user_email'],
    passwordHash: ['user_pass'],
    firstName: ['first_name'],
    lastName: ['last_name'],
    locale: ['locale'],
    createdAt: ['user_registered'],
  },
};
