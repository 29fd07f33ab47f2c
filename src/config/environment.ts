export type Environment = Readonly<Record<string, string | undefined>>;

/** Without spaces at its ends. Undefined if the variable is not set or empty. */
export const readText = (env: Environment, name: string): string | undefined => env[name]?.trim() || undefined;
