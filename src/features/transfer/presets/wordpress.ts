import { parseBoolean } from '../cell-values.ts';
import type { Preset } from './preset.ts';

/**
 * The table wp_users of WordPress as CSV, as JSON, or in phpMyAdmin's JSON, which has it in a list `data`. WordPress does
 * not record whether an address is verified.
 */
export const wordpress: Preset = {
  lists: ['data'],
  columns: {
    id: ['ID', 'id'],
    email: ['user_email'],
    passwordHash: ['user_pass'],
    firstName: ['first_name'],
    lastName: ['last_name'],
    locale: ['locale'],
    createdAt: ['user_registered'],
  },
  prepare({ spam, deleted, ...record }) {
    // phpMyAdmin describes the file in objects before the table.
    if (record.type === 'header' || record.type === 'database') return {};
    // A multisite network marks users so that they cannot sign in.
    const flags = [spam, deleted].map(parseBoolean);
    return flags.every((flag) => flag === null || flag === false)
      ? record
      : { ...record, isActive: flags.includes(undefined) ? 'invalid' : false };
  },
};
