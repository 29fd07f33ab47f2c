import type { FormErrors } from '@latchkey/client';
import { useAction } from '@latchkey/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { ConsoleCreateUserDocument, type CreateUserInput, type Role } from '../../../generated/documents.ts';
import { call } from '../../../shared/latchkey.ts';
import { Reauthenticate } from '../../../shared/reauthenticate.tsx';
import { Form, Submit } from '../../../shared/ui/form.tsx';
import { announce } from '../../../shared/ui/toasts.tsx';
import { fill } from '../../../shared/words.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { InviteFields } from './fields.tsx';
import { useInviteWords } from './words.ts';
import './invite.css';

type Values = Readonly<Record<string, string>>;

const createUser = async (input: CreateUserInput, reason: string | null) =>
  (await call(ConsoleCreateUserDocument, { input, reason })).createUser;

/** Creates a user, who chooses a password by a link in a mail or signs in with codes. */
export default function Page() {
  const words = useInviteWords();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const action = useAction(createUser);
  const errors = useFieldErrors(action);

  async function create(values: Values) {
    const result = await action.run(inputOf(values), values.reason?.trim() || null);
    if (result?.__typename !== 'AdminUser') return;
    const email = values.email?.trim();
    announce(email ? fill(words.invited, { email }) : words.created);
    void queries.invalidateQueries();
    navigate(`/console/users/${result.user.id}`);
  }
  return (
    <div className="invite">
      <BackLink href="/console/users">{words.back}</BackLink>
      <PageHeader title={words.title} />
      <Form errors={errors} isPending={action.isPending} onSubmit={(values) => void create(values)}>
        <InviteFields />
        <Submit>{words.submit}</Submit>
      </Form>
      <Reauthenticate of={action} />
    </div>
  );
}

function inputOf(values: Values): CreateUserInput {
  const text = (name: string) => values[name]?.trim() || null;
  const permissions = text('permissions')?.split(/[\s,]+/);
  const roles: Role[] = [...(values.staff ? ['STAFF' as const] : []), ...(values.admin ? ['ADMIN' as const] : [])];
  return {
    email: text('email'),
    phone: text('phone'),
    phoneVerified: Boolean(text('phone') && values.phoneVerified),
    emailVerified: false,
    firstName: text('firstName'),
    lastName: text('lastName'),
    companyName: text('companyName'),
    locale: text('locale'),
    roles,
    ...(permissions && { permissions }),
  };
}

interface Outcome {
  readonly errors: FormErrors;
  readonly result: { readonly __typename: string } | undefined;
}

/** An address or a number of another account is a problem of its field. */
function useFieldErrors({ errors, result }: Outcome): FormErrors {
  return useMemo(() => {
    const { form } = errors;
    const field = result?.__typename === 'EmailTaken' ? 'email' : result?.__typename === 'PhoneTaken' ? 'phone' : '';
    return field && form ? { fields: { [field]: form } } : errors;
  }, [errors, result]);
}
