import { Field, InputType } from 'type-graphql';
import { Role } from '../accounts/user.graphql.ts';

@InputType('CreateUserInput', {
  description: 'An account to be. It needs an address, or a number that is said to be proved.',
})
export class CreateUserInput {
  @Field(() => String, { nullable: true, description: 'One plain address; letter case does not count.' })
  email?: string | null;
  @Field(() => String, { nullable: true, description: 'In international form.' })
  phone?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Omit it, and the owner chooses one. Any characters, at most 256; must not be easy to guess.',
  })
  password?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  firstName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  lastName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' })
  companyName?: string | null;
  @Field(() => String, { nullable: true, description: 'A language tag (BCP 47): the language of messages.' })
  locale?: string | null;
  @Field(() => [Role], { defaultValue: [], description: 'What the account may do in administration.' })
  roles!: Role[];
  @Field(() => Boolean, { defaultValue: false, description: 'Whether you vouch for the address.' })
  emailVerified!: boolean;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether you vouch for the number: it signs in by text message then.',
  })
  phoneVerified!: boolean;
}

@InputType('UpdateUserInput', {
  description:
    'What is omitted stays. Null or an empty text clears an address, a number, a name; otherwise it stays, too.',
})
export class UpdateUserInput {
  @Field(() => String, {
    nullable: true,
    description: 'Another address is unproved unless emailVerified says otherwise.',
  })
  email?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Another number is unproved unless phoneVerified says otherwise.',
  })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  firstName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  lastName?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' })
  companyName?: string | null;
  @Field(() => String, { nullable: true, description: 'A language tag (BCP 47): the language of messages.' })
  locale?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the account may be signed in to.' })
  isActive?: boolean | null;
  @Field(() => [Role], { nullable: true, description: 'All the roles that the account is to have.' })
  roles?: Role[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether you vouch for the address. Whatever was in the account before stays in it.',
  })
  emailVerified?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether you vouch for the number.' })
  phoneVerified?: boolean | null;
}
