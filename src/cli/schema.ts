import { printApiSchema } from '../http/schema.ts';

export async function runSchema(): Promise<void> {
  process.stdout.write(printApiSchema());
}
