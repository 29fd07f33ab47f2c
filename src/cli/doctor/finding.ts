/** One line of the doctor's. */
export interface Finding {
  state: 'good' | 'doubtful' | 'wrong';
  subject: string;
  text: string;
  /** What to do about it. */
  advice?: string;
}

export const finding = (state: Finding['state'], subject: string, text: string, advice?: string): Finding => ({
  state,
  subject,
  text,
  ...(advice ? { advice } : {}),
});
