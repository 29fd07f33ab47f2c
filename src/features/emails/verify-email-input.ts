import { Field, ID, InputType } from 'type-graphql';
import { SessionFieldsInput } from '../sessions/session-input.ts';

@InputType('VerifyEmailInput', { description: 'Either challengeId and code, or token.' })
export class VerifyEmailInput extends SessionFieldsInput {
  @Field(() => ID, { nullable: true, description: 'ID of the challenge that the code belongs to.' })
  challengeId?: string | null;
  @Field(() => String, { nullable: true, description: 'The code from the message.' })
  code?: string | null;
  @Field(() => String, { nullable: true, description: 'The token from the link.' })
  token?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The password of an account whose address was never verified, to keep it. Without it, and without a session of the account or the code of a sign-in, the account is handed over: password, sessions, number, identities and profile are removed.',
  })
  password?: string | null;
}
