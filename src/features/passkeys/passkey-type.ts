import { Field, ID, ObjectType } from 'type-graphql';
import { MaxBytes, utf8 } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import { PASSKEY_NAME_MAX_LENGTH, type Passkey } from '../factors/passkey.ts';

/** What the API shows of a passkey: an allow-list over the row. */
@ObjectType('Passkey', { description: 'A passkey or security key (WebAuthn) for signing in.' })
export class PasskeyType {
  constructor(private readonly row: Passkey) {}

  @Field(() => ID, { description: 'Passkey ID, for renamePasskey and removePasskey. Not the credential ID.' })
  get id(): string {
    return this.row.id;
  }
  @MaxBytes(utf8(PASSKEY_NAME_MAX_LENGTH))
  @Field(() => String, { description: 'Name given by the user, otherwise derived from the browser that created it.' })
  get name(): string {
    return this.row.name;
  }
  @Field(() => DateTime, { description: 'When the passkey was added.' })
  get createdAt(): Date {
    return this.row.createdAt;
  }
  @Field(() => DateTime, { nullable: true, description: 'When it was last used. Null if never.' })
  get lastUsedAt(): Date | null {
    return this.row.lastUsedAt;
  }
  @Field(() => Boolean, {
    description:
      'Whether the passkey is synced between devices (the backup state flag). If not, it is lost with its device.',
  })
  get isSynced(): boolean {
    return this.row.isBackedUp;
  }
}
