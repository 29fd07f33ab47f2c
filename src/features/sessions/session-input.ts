import { Field, InputType } from 'type-graphql';
import { TokenTransport } from './authenticated.ts';

/** Inputs of operations that sign in extend this. */
@InputType()
export abstract class SessionFieldsInput {
  @Field(() => TokenTransport, { defaultValue: 'BODY', description: 'How the refresh token is delivered.' })
  transport!: TokenTransport;
  @Field(() => String, {
    nullable: true,
    description: 'Device name shown in the session list, at most 100 characters.',
  })
  device?: string | null;
}
