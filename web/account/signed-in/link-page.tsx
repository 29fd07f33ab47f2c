import { type CompleteSocialResult, formErrors, LatchkeyError } from '@latchkey/client';
import { useLatchkey } from '@latchkey/client/react';
import { useEffect, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useFormText, useSharedWords } from '../../shared/shared-words.ts';
import { Loading } from '../../shared/ui/loading.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { PageTitle } from '../../shared/ui/page-title.tsx';
import { announce } from '../../shared/ui/toasts.tsx';
import { useRefresh } from './queries.ts';
import { useSignedInWords } from './words.ts';

type Outcome = CompleteSocialResult | LatchkeyError | undefined;

/** Where the browser comes back to from a provider: completes what was started on another page. */
export function LinkPage() {
  const words = useSignedInWords();
  const latchkey = useLatchkey();
  const refresh = useRefresh();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<CompleteSocialResult | LatchkeyError>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: once; the client completes it once, too
  useEffect(() => {
    const take = (outcome: Outcome) => {
      if (outcome instanceof LatchkeyError) return setProblem(outcome);
      if (outcome?.__typename === 'IdentityLinked') {
        refresh();
        announce(words.linked);
        return navigate('/security', { replace: true });
      }
      // The page was opened without a reason, or the user has signed in another way meanwhile.
      if (!outcome || outcome.__typename === 'Authenticated') return navigate('/', { replace: true });
      setProblem(outcome);
    };
    latchkey.completeSocial().then(take, (error) => {
      if (!(error instanceof LatchkeyError)) throw error;
      take(error);
    });
  }, []);

  if (!problem) {
    return (
      <>
        <PageTitle>{words.linking}</PageTitle>
        <Loading />
      </>
    );
  }
  return (
    <>
      <PageTitle>{words.security}</PageTitle>
      <Notice look="bad">
        <ProblemText of={problem} />
      </Notice>
      <p>
        <Link href="/security">{words.toSecurity}</Link>
      </p>
    </>
  );
}

function ProblemText({ of: problem }: { readonly of: CompleteSocialResult | LatchkeyError }) {
  const words = useSignedInWords();
  const shared = useSharedWords();
  const text = useFormText(useMemo(() => formErrors(problem) ?? { fields: {} }, [problem]));
  if ('__typename' in problem && problem.__typename === 'SocialCancelled') return words.linkCancelled;
  if ('__typename' in problem && problem.__typename === 'SocialNotStarted') return words.linkNotStarted;
  return text ?? shared.errors.OTHER;
}
