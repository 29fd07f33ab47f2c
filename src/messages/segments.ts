/** GSM 03.38 (3GPP TS 23.038 section 6.2.1): characters of one septet. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Characters of two septets: an escape and the character. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Units in a single message, and in each part of a longer one, which also carries a header. */
const SEPTETS = { alone: 160, part: 153 };
const UTF16 = { alone: 70, part: 67 };

/** A single character outside the 7-bit alphabet switches the whole message to UTF-16. */
export const isGsm7 = (text: string): boolean => [...text].every((sign) => BASIC.has(sign) || EXTENDED.has(sign));

/** How many messages the text is billed as. A character is never split. */
export function countSegments(text: string): number {
  const isSevenBit = isGsm7(text);
  const capacity = isSevenBit ? SEPTETS : UTF16;
  const costs = [...text].map((sign) => (isSevenBit ? (EXTENDED.has(sign) ? 2 : 1) : sign.length));
  if (costs.reduce((sum, cost) => sum + cost, 0) <= capacity.alone) return 1;

  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > capacity.part) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return segments;
}
