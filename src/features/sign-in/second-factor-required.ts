import { Field, ID, ObjectType } from 'type-graphql';
import { BYTES, MaxBytes, MaxItems } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { SecondFactor } from '../factors/second-factor.ts';

@ObjectType('SecondFactorRequired', {
  description:
    'The first factor was accepted; this account also requires a second one. There is no session yet: call verifySecondFactor.',
})
export class SecondFactorRequired {
  @Field(() => ID, { description: 'Send it to verifySecondFactor.' })
  readonly challengeId: string;
  @MaxItems(Object.keys(SecondFactor).length)
  @Field(() => [SecondFactor], { description: 'The factors that this account can use, strongest first.' })
  readonly factors: SecondFactor[];
  @MaxBytes(BYTES.passkeyOptions)
  @Field(() => String, {
    nullable: true,
    description:
      'PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3) as JSON text. Set if PASSKEY is one of the factors.',
  })
  readonly passkeyOptions: string | null;
  @Field(() => DateTime, { description: 'When the challenge expires. Sign in again after that.' })
  readonly expiresAt: Date;

  constructor(required: {
    challengeId: string;
    factors: SecondFactor[];
    passkeyOptions: string | null;
    expiresAt: Date;
  }) {
    this.challengeId = required.challengeId;
    this.factors = required.factors;
    this.passkeyOptions = required.passkeyOptions;
    this.expiresAt = required.expiresAt;
  }
}
