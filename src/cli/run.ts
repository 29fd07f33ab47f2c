/** Runs the command of the arguments and returns its exit code. */
export async function run(): Promise<number> {
  const [command, ...options] = process.argv.slice(2);
  // Containers check their health every few seconds, and loading the parser of options costs several times as much.
  if (command === 'health' && options.every((option) => option === '--live'))
    return (await import('./health.ts')).runHealth({ live: options.length > 0 });
  return (await import('./command-line.ts')).runCommandLine();
}
