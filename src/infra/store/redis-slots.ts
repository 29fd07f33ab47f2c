/** Slots of a Redis Cluster. */
export const SLOTS = 16_384;

/** CRC16 (XMODEM) of a key without braces, modulo the number of slots: redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec */
export function slotOf(key: string): number {
  let crc = 0;
  for (const byte of Buffer.from(key)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  }
  return crc % SLOTS;
}
