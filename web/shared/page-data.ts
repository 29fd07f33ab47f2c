import type { PageData } from '../../src/http/web/page-data.ts';

/** What the server has written into the page. */
export const pageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}') as PageData; // The server writes this shape.
