import { Field, ObjectType } from 'type-graphql';
import type { User } from '../accounts/user.ts';
import { UserType } from '../accounts/user-type.ts';
import type { Passkey } from '../factors/passkey.ts';
import { PasskeyType } from './passkey-type.ts';

@ObjectType('PasskeySaved', { description: 'The passkey was added or renamed.' })
export class PasskeySaved {
  @Field(() => PasskeyType, { description: 'The passkey after the change.' })
  readonly passkey: PasskeyType;
  @Field(() => UserType, { description: 'The user that it belongs to.' })
  readonly user: UserType;

  constructor({ passkey, user }: { passkey: Passkey; user: User }) {
    this.passkey = new PasskeyType(passkey);
    this.user = new UserType(user);
  }
}
