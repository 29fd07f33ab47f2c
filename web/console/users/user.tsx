import { PageTitle } from '../../shared/ui/page-title.tsx';
import { useShellWords } from '../shell/words.ts';

export default function Page() {
  return <PageTitle>{useShellWords().pages.users}</PageTitle>;
}
