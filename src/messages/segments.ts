/** GSM 03.38 (3GPP TS 23.038 section 6.2.1): what costs seven bits. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** What costs an escape as well. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Units of a message alone, and of each part of a longer one, whose header takes the rest. */
const SEPTETS = { alone: 160, part: 153 };
const UTF16 = { alone: 70, part: 67 };

/** Whether every character stands in the seven-bit alphabet; a single one that does not halves the room of all. */
export const isGsm7 = (text: string): boolean => [...text].every((sign) => BASIC.has(sign) || EXTENDED.has(sign));

/** How many messages the text is sent, and paid for, as. A character is never split. */
export function segmentsOf(text: string): number {
  const seven = isGsm7(text);
  const room = seven ? SEPTETS : UTF16;
  const costs = [...text].map((sign) => (seven ? (EXTENDED.has(sign) ? 2 : 1) : sign.length));
  if (costs.reduce((sum, cost) => sum + cost, 0) <= room.alone) return 1;

  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > room.part) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return segments;
}
