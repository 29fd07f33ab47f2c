import type { ResourceServer } from './resource-server.ts';
import { startProcess, whenReady } from './server-process.ts';

/** Starts a recipe's program, which listens on the port, and waits until it responds. */
export async function startRecipe(command: string, args: readonly string[], port: number): Promise<ResourceServer> {
  const server = startProcess({ command, args });
  const url = `http://127.0.0.1:${port}`;
  await whenReady(server, () => fetch(`${url}/me`));
  return {
    url,
    async stop() {
      server.signal('SIGKILL');
      await server.ended;
    },
  };
}
