import { PageTitle } from '../../../shared/ui/page-title.tsx';

export default function Page() {
  return <PageTitle>User</PageTitle>;
}
