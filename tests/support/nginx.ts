import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLanguage } from './other-languages.ts';
import { startRecipe } from './recipe-program.ts';
import type { ResourceServer } from './resource-server.ts';

/** Starts nginx with the servers in this file of the directory, as one process. */
export const startNginx = (directory: string, file: string, port: number): Promise<ResourceServer> =>
  startRecipe(String(findLanguage('nginx')), nginxArguments(directory, file), port);

/** What nginx is started with to serve this file of the directory, as one process that writes only there. */
export function nginxArguments(directory: string, file: string): readonly string[] {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${join(directory, kind)};`,
  );
  const main = join(directory, 'main.conf');
  writeFileSync(
    main,
    `daemon off; master_process off; pid ${join(directory, 'pid')}; error_log stderr; events {}
http { access_log off; ${temporary.join(' ')} include ${join(directory, file)}; }\n`,
  );
  return ['-p', directory, '-c', main, '-e', 'stderr'];
}
