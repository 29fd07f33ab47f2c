import { Field, ID, InputType } from 'type-graphql';
import { TokenTransport } from '../sessions/authenticated.ts';

@InputType('VerifyEmailInput', { description: 'Either challengeId and code, or token.' })
export class VerifyEmailInput {
  @Field(() => ID, { nullable: true, description: 'ID of the challenge that the code belongs to.' })
  challengeId?: string | null;
  @Field(() => String, { nullable: true, description: 'The code from the message.' })
  code?: string | null;
  @Field(() => String, { nullable: true, description: 'The token from the link.' })
  token?: string | null;
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token is delivered.' })
  transport!: TokenTransport;
  @Field(() => String, {
    nullable: true,
    description: 'Device name shown in the session list, at most 100 characters.',
  })
  device?: string | null;
}
