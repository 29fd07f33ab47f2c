import { parseAuthorization } from '@latchkey/verify';
import { isVerificationError, verifier } from '../../../lib/verifier';

/** An API of the app. It takes the access token from the header alone: a cookie would need a check against CSRF. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { sub, email, roles } = await verifier().verify(parseAuthorization(request.headers.get('authorization')));
    return Response.json({ sub, email, roles }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (!isVerificationError(error)) throw error;
    return new Response(null, { status: error.status, headers: error.headers });
  }
}
