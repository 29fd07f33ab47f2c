import { matching } from '../core/settings/text.ts';

/** In front of the names of the subgraph's types. */
export const federationPrefix = matching(
  /^[A-Z][A-Za-z0-9]{0,29}$/,
  'be up to 30 letters and digits that begin with a capital letter, such as Auth',
);
