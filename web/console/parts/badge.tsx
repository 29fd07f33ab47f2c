export type Tone = 'good' | 'bad' | 'wait' | 'plain';

/** A word for a state. The words tell the states apart, the colour helps to find them. */
export const Badge = ({ tone, children }: { readonly tone: Tone; readonly children: string }) => (
  <span className={`badge ${tone}`}>{children}</span>
);
