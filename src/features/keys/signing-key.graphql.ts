import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { BYTES, MaxBytes, MaxItems } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import type { KeyState } from './key-states.ts';
import type { Keys } from './keys.service.ts';

/** The newest ones. Rotation deletes retired keys, so there are usually two or three. */
const MAX_KEYS = 100;

const SigningKeyState = graphqlEnum('SigningKeyState', 'What a signing key is used for.', {
  NEXT: 'It is published, and will sign from signsFrom on.',
  SIGNING: 'It signs new access tokens.',
  RETIRING: 'It signs no more. Tokens that it signed are valid until they expire.',
  RETIRED: 'All tokens that it signed have expired. It will be deleted.',
});
type SigningKeyState = keyof typeof SigningKeyState;

const STATES: Record<KeyState['state'], SigningKeyState> = {
  next: 'NEXT',
  signing: 'SIGNING',
  retiring: 'RETIRING',
  retired: 'RETIRED',
};

@ObjectType('SigningKey', { description: 'A key that signs access tokens, without its secret part.' })
class SigningKeyType {
  constructor(private readonly key: KeyState) {}

  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'Key ID: the kid in the header of tokens, a thumbprint (RFC 7638).' })
  get kid(): string {
    return this.key.kid;
  }
  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'Algorithm: ES256, EdDSA or RS256.' })
  get algorithm(): string {
    return this.key.alg;
  }
  @Field(() => SigningKeyState, { description: 'What it is used for now.' })
  get state(): SigningKeyState {
    return STATES[this.key.state];
  }
  @Field(() => DateTime, { description: 'When it was created and published.' })
  get createdAt(): Date {
    return this.key.createdAt;
  }
  @Field(() => DateTime, { description: 'When it starts to sign.' })
  get signsFrom(): Date {
    return this.key.signsFrom;
  }
  @Field(() => DateTime, {
    nullable: true,
    description: 'When a later key signs in its place. Null while there is no later key.',
  })
  get signsUntil(): Date | null {
    return this.key.signsUntil ?? null;
  }
  @Field(() => DateTime, {
    nullable: true,
    description: 'When all tokens that it signed have expired. Null while there is no later key.',
  })
  get verifiesUntil(): Date | null {
    return this.key.retiresAt ?? null;
  }
}

@Resolver()
export class SigningKeyResolver {
  constructor(private readonly keys: Pick<Keys, 'list'>) {}

  @Allow('ADMIN')
  @MaxItems(MAX_KEYS)
  @Query(() => [SigningKeyType], {
    description: 'Administrators only. The keys that sign access tokens, newest first, without their secret parts.',
  })
  async signingKeys(): Promise<SigningKeyType[]> {
    return (await this.keys.list()).slice(0, MAX_KEYS).map((key) => new SigningKeyType(key));
  }
}
