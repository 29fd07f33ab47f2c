/** More than a QR code of the longest URI: names and addresses have limits. */
export const QR_CODE_MAX_BYTES = 256 * 1024;

/** Modules around the code (ISO/IEC 18004 section 6.3.8). */
const QUIET_ZONE = 4;

/** The text as a QR code, an SVG that scales to any size. The library is loaded on first use. */
export async function qrCode(text: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  return renderSVG(text, { ecc: 'M', border: QUIET_ZONE, pixelSize: 1 });
}
