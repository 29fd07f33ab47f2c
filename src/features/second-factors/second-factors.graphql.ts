import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { ChallengeFailed, InvalidInput, isProblem, RateLimited } from '../../core/problems.ts';
import { RequiresRecentSignIn } from '../../core/recent-sign-in.ts';
import type { RequestContext } from '../../core/request.ts';
import { MaxBytes, MaxItems } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { FeatureDisabled, NoSecondFactor, ReauthenticationRequired } from '../../core/session-problems.ts';
import { requireViewer } from '../../core/viewer.ts';
import { UserType } from '../accounts/user-type.ts';
import { RECOVERY_CODE_COUNT } from '../factors/recovery-code.ts';
import type { FactorOutcome } from '../sign-in/factor-changes.service.ts';
import type { FactorSettings } from './factor-settings.service.ts';
import { QR_CODE_MAX_BYTES, qrCode } from './qr-code.ts';
import type { Enrollment, TotpEnrollment as Enrollments } from './totp-enrollment.service.ts';

@ObjectType('TotpEnrollment', {
  description: 'A secret for an authenticator app. It takes effect with confirmTotpEnrollment.',
})
class TotpEnrollment {
  @Field(() => ID, { description: 'Send it with the code.' })
  readonly challengeId: string;
  @Field(() => String, { description: 'Base32, for typing in by hand.' })
  readonly secret: string;
  @Field(() => String, { description: 'otpauth://totp/…, which apps on the same device open.' })
  readonly uri: string;
  @MaxBytes(QR_CODE_MAX_BYTES)
  @Field(() => String, { description: 'The URI as a QR code (SVG).' })
  readonly qrCode: string;
  @Field(() => DateTime, { description: 'When it expires. Start again after that.' })
  readonly expiresAt: Date;

  constructor(enrollment: Enrollment, qrCode: string) {
    this.challengeId = enrollment.challengeId;
    this.secret = enrollment.secret;
    this.uri = enrollment.uri;
    this.qrCode = qrCode;
    this.expiresAt = enrollment.expiresAt;
  }
}

@ObjectType('SecondFactorChanged', { description: 'The second factors were changed, and the owner is notified.' })
class SecondFactorChanged {
  @Field(() => UserType, { description: 'The user after the change.' })
  readonly user: UserType;
  @MaxItems(RECOVERY_CODE_COUNT)
  @Field(() => [String], {
    nullable: true,
    description:
      'Ten new recovery codes. Returned only once: when a second factor is first required, and when codes are regenerated.',
  })
  readonly recoveryCodes: string[] | null;

  constructor({ user, recoveryCodes }: FactorOutcome) {
    this.user = new UserType(user);
    this.recoveryCodes = recoveryCodes;
  }
}

const StartTotpEnrollmentResult = createUnionType({
  name: 'StartTotpEnrollmentResult',
  description: 'Possible outcomes of startTotpEnrollment.',
  types: () => [TotpEnrollment, ReauthenticationRequired, RateLimited, FeatureDisabled] as const,
});
const ConfirmTotpEnrollmentResult = createUnionType({
  name: 'ConfirmTotpEnrollmentResult',
  description: 'Possible outcomes of confirmTotpEnrollment.',
  types: () =>
    [
      SecondFactorChanged,
      ChallengeFailed,
      InvalidInput,
      RateLimited,
      ReauthenticationRequired,
      FeatureDisabled,
    ] as const,
});
const SecondFactorChangeResult = createUnionType({
  name: 'SecondFactorChangeResult',
  description: 'Possible outcomes of changing second factors. FeatureDisabled: only from setSecondFactorRequired.',
  types: () => [SecondFactorChanged, NoSecondFactor, ReauthenticationRequired, RateLimited, FeatureDisabled] as const,
});

@InputType('ConfirmTotpEnrollmentInput', { description: 'The enrollment, and a code from the app.' })
class ConfirmTotpEnrollmentInput {
  @Field(() => ID, { description: 'From TotpEnrollment.' })
  challengeId!: string;
  @Field(() => String, { description: 'The current code of the app. It does not also work for a sign-in.' })
  code!: string;
}

@Resolver()
export class SecondFactorsResolver {
  constructor(
    private readonly enrollments: Enrollments,
    private readonly factorSettings: FactorSettings,
  ) {}

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => StartTotpEnrollmentResult, {
    description:
      'Creates a secret for an authenticator app. It takes effect once a code is confirmed. Requires a sign-in within the last ten minutes.',
  })
  async startTotpEnrollment(@Ctx() context: RequestContext): Promise<typeof StartTotpEnrollmentResult> {
    const outcome = await this.enrollments.start(await requireViewer(context));
    return isProblem(outcome) ? outcome : new TotpEnrollment(outcome, await qrCode(outcome.uri));
  }

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => ConfirmTotpEnrollmentResult, {
    description:
      'Turns on the authenticator app, in place of an earlier one, and requires a second factor from now on. Requires a sign-in within the last ten minutes.',
  })
  async confirmTotpEnrollment(
    @Arg('input', () => ConfirmTotpEnrollmentInput, { description: 'The enrollment, and a code from the app.' })
    input: ConfirmTotpEnrollmentInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ConfirmTotpEnrollmentResult> {
    return present(await this.enrollments.confirm(input, await requireViewer(context), context.client));
  }

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => SecondFactorChangeResult, {
    description:
      'Turns off the authenticator app. If no other factor is left, a second factor is no longer required. Requires a sign-in within the last ten minutes.',
  })
  async disableTotp(@Ctx() context: RequestContext): Promise<typeof SecondFactorChangeResult> {
    return present(await this.factorSettings.disableTotp(await requireViewer(context), context.client));
  }

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => SecondFactorChangeResult, {
    description:
      'Turns the second-factor requirement on or off. Turning it on needs a passkey or an authenticator app. Requires a sign-in within the last ten minutes.',
  })
  async setSecondFactorRequired(
    @Arg('required', () => Boolean, { description: 'Whether signing in needs a second factor.' }) required: boolean,
    @Ctx() context: RequestContext,
  ): Promise<typeof SecondFactorChangeResult> {
    return present(await this.factorSettings.setRequired(required, await requireViewer(context), context.client));
  }

  @Allow('SIGNED_IN')
  @RequiresRecentSignIn()
  @Mutation(() => SecondFactorChangeResult, {
    description:
      'Creates new recovery codes. The old ones stop working. Requires a sign-in within the last ten minutes.',
  })
  async regenerateRecoveryCodes(@Ctx() context: RequestContext): Promise<typeof SecondFactorChangeResult> {
    return present(await this.factorSettings.regenerateRecoveryCodes(await requireViewer(context), context.client));
  }
}

const present = <Outcome extends object>(outcome: Outcome | FactorOutcome) =>
  'recoveryCodes' in outcome ? new SecondFactorChanged(outcome) : outcome;
