import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLanguage } from './other-languages.ts';
import { startRecipe } from './recipe-program.ts';
import type { ResourceServer } from './resource-server.ts';

/** Starts nginx with the servers in this file of the directory, as one process. */
export function startNginx(directory: string, file: string, port: number): Promise<ResourceServer> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${join(directory, kind)};`,
  );
  const main = join(directory, 'main.conf');
  writeFileSync(
    main,
    `daemon off; master_process off; pid ${join(directory, 'pid')}; error_log stderr; events {}
http { access_log off; ${temporary.join(' ')} include ${join(directory, file)}; }\n`,
  );
  return startRecipe(String(findLanguage('nginx')), ['-p', directory, '-c', main, '-e', 'stderr'], port);
}
