import { Unauthenticated } from './errors.ts';
import type { RequestContext, Viewer } from './request.ts';

/** The signed-in caller. Throws Unauthenticated if there is none. */
export async function requireViewer(context: RequestContext): Promise<Viewer> {
  const viewer = await context.viewer();
  if (!viewer) throw new Unauthenticated();
  return viewer;
}
