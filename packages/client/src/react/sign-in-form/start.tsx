import type { StartStep } from '../../sign-in/steps.ts';
import type { SocialOptions } from '../../social.ts';
import { Button, LinkButton } from './button.tsx';
import { Field, PasswordField } from './field.tsx';
import { Form } from './form.tsx';
import { Heading } from './heading.tsx';
import { hasCodes, type Offers } from './offers.ts';
import { fill, type SignInLocale, type SignInView, useWords } from './words.ts';

export interface StartProps {
  readonly signIn: StartStep;
  readonly view: SignInView;
  changeView(view: SignInView): void;
  readonly offers: Offers;
  readonly social: Pick<SocialOptions, 'redirectUri' | 'returnTo'>;
  readonly locale: SignInLocale;
  readonly passwordHint: string | undefined;
  /** Kept when the view changes. */
  readonly identifier: string;
  setIdentifier(identifier: string): void;
}

/** The views before anything was sent. */
export function Start(props: StartProps) {
  const { titles, codeHint, forgotHint } = useWords();
  const { view } = props;
  const hint = { signIn: '', signUp: '', code: codeHint, forgotPassword: forgotHint }[view];
  return (
    <>
      <Heading step={view} hint={hint}>
        {titles[view]}
      </Heading>
      {view === 'signIn' && <WithPassword {...props} />}
      {view === 'signUp' && <SignUp {...props} />}
      {(view === 'code' || view === 'forgotPassword') && <AskForCode {...props} />}
    </>
  );
}

function WithPassword(props: StartProps) {
  const words = useWords();
  const { signIn, changeView, offers } = props;
  return (
    <>
      <Form
        {...signIn}
        fields={['identifier', 'password']}
        submit={words.signIn}
        onSubmit={({ identifier = '', password = '' }) => signIn.withPassword({ identifier, password })}
      >
        <Identifier {...props} name="identifier" label={words.identifier} autoComplete="username webauthn" />
        <PasswordField name="password" label={words.password} autoComplete="current-password" />
      </Form>
      <LinkButton onClick={() => changeView('forgotPassword')}>{words.forgotPassword}</LinkButton>
      <OtherWays {...props} />
      {offers.settings?.signUpOpen && <LinkButton onClick={() => changeView('signUp')}>{words.toSignUp}</LinkButton>}
    </>
  );
}

function SignUp(props: StartProps) {
  const words = useWords();
  const { signIn, changeView, locale, passwordHint } = props;
  return (
    <>
      <Form
        {...signIn}
        fields={['email', 'password']}
        submit={words.signUp}
        onSubmit={({ email = '', password = '' }) => signIn.register({ email, password, locale })}
      >
        <Identifier {...props} name="email" label={words.email} />
        <PasswordField name="password" label={words.password} autoComplete="new-password" hint={passwordHint} />
      </Form>
      <OtherWays {...props} />
      <LinkButton onClick={() => changeView('signIn')}>{words.toSignIn}</LinkButton>
    </>
  );
}

/** For a sign-in, or for a new password. */
function AskForCode(props: StartProps) {
  const words = useWords();
  const { signIn, view, changeView, offers } = props;
  const { emailSignIn = false, phoneSignIn = false } = offers.settings ?? {};
  const isReset = view === 'forgotPassword';
  function send(identifier: string): Promise<void> {
    if (isReset) return signIn.resetPassword({ identifier });
    const isPhone = phoneSignIn && !(emailSignIn && identifier.includes('@'));
    return isPhone ? signIn.withPhoneCode({ phone: identifier }) : signIn.withEmailCode({ email: identifier });
  }
  const label = isReset || emailSignIn === phoneSignIn ? words.identifier : phoneSignIn ? words.phone : words.email;
  return (
    <>
      <Form
        {...signIn}
        fields={['identifier', 'email', 'phone']}
        submit={words.sendCode}
        onSubmit={({ identifier = '' }) => send(identifier)}
      >
        <Identifier {...props} name="identifier" aliases={['email', 'phone']} label={label} />
      </Form>
      <LinkButton onClick={() => changeView('signIn')}>{words.back}</LinkButton>
    </>
  );
}

interface IdentifierProps extends Pick<StartProps, 'identifier' | 'setIdentifier'> {
  readonly name: string;
  readonly label: string;
  readonly autoComplete?: string;
  readonly aliases?: readonly string[];
}

const Identifier = ({
  identifier,
  setIdentifier,
  name,
  label,
  aliases,
  autoComplete = 'username',
}: IdentifierProps) => (
  <Field
    name={name}
    label={label}
    aliases={aliases}
    inputMode="email"
    autoComplete={autoComplete}
    value={identifier}
    onChange={({ target }) => setIdentifier(target.value)}
  />
);

/** Everything but the password. */
function OtherWays({ signIn, view, changeView, offers, social }: StartProps) {
  const words = useWords();
  const hasPasskeys = offers.hasPasskeys && view === 'signIn';
  if (!hasPasskeys && !hasCodes(offers) && offers.providers.length === 0) return null;
  const { isPending, withPasskey, withSocial } = signIn;
  return (
    <>
      <p className="lk-or">{words.or}</p>
      {hasPasskeys && (
        <Button isDisabled={isPending} onClick={withPasskey}>
          {words.withPasskey}
        </Button>
      )}
      {hasCodes(offers) && <Button onClick={() => changeView('code')}>{words.withCode}</Button>}
      {offers.providers.map(({ name, label }) => (
        <Button key={name} isDisabled={isPending} onClick={() => withSocial(name, social)}>
          {fill(words.withProvider, 'provider', label)}
        </Button>
      ))}
    </>
  );
}
