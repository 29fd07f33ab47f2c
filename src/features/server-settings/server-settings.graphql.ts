import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Config } from '../../config.ts';
import { Allow } from '../../core/access.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { LOCALES } from '../../core/locale.ts';
import { MaxBytes, MaxItems } from '../../core/response-size.ts';
import { PASSWORD_MAX_LENGTH } from '../credentials/password-policy.ts';

const EmailVerificationPolicy = graphqlEnum('EmailVerificationPolicy', 'When users must verify their email address.', {
  SIGN_UP: 'Before the account is created.',
  LOGIN: 'Before the first sign-in after signing up.',
  OFF: 'Never.',
});
type EmailVerificationPolicy = keyof typeof EmailVerificationPolicy;

const POLICIES: Record<Config['emailVerification']['policy'], EmailVerificationPolicy> = {
  signup: 'SIGN_UP',
  login: 'LOGIN',
  off: 'OFF',
};
/** More than there are languages. */
const MOST_LOCALES = 20;
const LONGEST_LOCALE = 35; // BCP 47 section 4.4.1

@ObjectType('ServerSettings', {
  description: 'What this server offers, so that a frontend can build its forms without being configured separately.',
})
class ServerSettings {
  @Field(() => Boolean, { description: 'Whether new users can sign up.' })
  signUpOpen!: boolean;
  @Field(() => EmailVerificationPolicy, { description: 'When users must verify their email address.' })
  emailVerification!: EmailVerificationPolicy;
  @Field(() => Boolean, {
    description: 'Whether users can sign in with an emailed code or link instead of a password.',
  })
  emailSignIn!: boolean;
  @Field(() => Boolean, { description: 'Whether users can sign in with a code sent by SMS.' })
  phoneSignIn!: boolean;
  @Field(() => Boolean, { description: 'Whether users can sign in with a passkey.' })
  passkeys!: boolean;
  @Field(() => Boolean, { description: 'Whether users can turn on a second factor.' })
  secondFactors!: boolean;
  @Field(() => Int, { description: 'Minimum length of a password, in characters.' })
  passwordMinLength!: number;
  @Field(() => Int, { description: 'Maximum length of a password, in characters.' })
  passwordMaxLength!: number;
  @Field(() => Int, { description: 'Minimum strength of a password: the score of zxcvbn, 0 to 4.' })
  passwordMinStrength!: number;
  @MaxItems(MOST_LOCALES)
  @MaxBytes(LONGEST_LOCALE)
  @Field(() => [String], { description: 'Languages that messages are available in (BCP 47).' })
  locales!: string[];
}

type Settings = Pick<
  Config,
  'signUp' | 'emailVerification' | 'emailSignIn' | 'passkeys' | 'secondFactors' | 'passwords'
>;

@Resolver()
export class ServerSettingsResolver {
  /** @param sendsTexts whether codes by SMS are sent */
  constructor(
    private readonly config: Settings,
    private readonly sendsTexts: boolean,
  ) {}

  @Allow('PUBLIC')
  @Query(() => ServerSettings, { description: 'What this server offers. The same for everyone.' })
  settings(): ServerSettings {
    const { signUp, emailVerification, emailSignIn, passkeys, secondFactors, passwords } = this.config;
    return {
      signUpOpen: signUp === 'open',
      emailVerification: POLICIES[emailVerification.policy],
      emailSignIn: emailSignIn.enabled,
      phoneSignIn: this.sendsTexts,
      passkeys: passkeys !== undefined,
      secondFactors,
      passwordMinLength: passwords.minLength,
      passwordMaxLength: PASSWORD_MAX_LENGTH,
      passwordMinStrength: passwords.minStrength,
      locales: [...LOCALES],
    };
  }
}
