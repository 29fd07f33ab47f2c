import { useSharedWords } from '../shared-words.ts';
import './skip-link.css';

/** The first link of a page: past its navigation. Seen while it has the focus. */
export const SkipLink = () => (
  <a className="skip button" href="#content">
    {useSharedWords().skip}
  </a>
);
