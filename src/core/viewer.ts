import { Unauthenticated } from './errors.ts';
import type { RequestContext, Viewer } from './request.ts';

/** Who calls a protected field. Throws Unauthenticated. */
export async function requireViewer(context: RequestContext): Promise<Viewer> {
  const viewer = await context.viewer();
  if (!viewer) throw new Unauthenticated();
  return viewer;
}
