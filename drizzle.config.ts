import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/infra/db/tables.ts',
  out: './drizzle',
  migrations: { schema: 'public', table: 'migrations' },
});
