/** One line of the doctor's report. */
export interface Finding {
  state: 'good' | 'doubtful' | 'wrong';
  subject: string;
  text: string;
  /** How to fix it. */
  advice?: string;
}

export const finding = (state: Finding['state'], subject: string, text: string, advice?: string): Finding => ({
  state,
  subject,
  text,
  ...(advice ? { advice } : {}),
});
