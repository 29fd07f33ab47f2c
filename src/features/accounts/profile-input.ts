import { Field, InputType } from 'type-graphql';
import type { Maybe } from './profile.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS, type ProfileFieldName } from './profile-fields.ts';

/** A class whose subclasses have these profile fields in the API, all of them optional. */
function inputWith<Name extends ProfileFieldName>(names: readonly Name[]) {
  @InputType()
  class ProfileFields {}

  for (const name of names)
    Field(() => String, { nullable: true, description: PROFILE_FIELDS[name].description })(
      ProfileFields.prototype,
      name,
    );

  return ProfileFields as new () => { [Field in Name]?: Maybe<string> }; // TypeScript cannot see what the loop adds.
}

/** Input types with the whole profile extend this. */
export const ProfileFieldsInput = inputWith(PROFILE_FIELD_NAMES);

const isNotLocale = (name: ProfileFieldName): name is Exclude<ProfileFieldName, 'locale'> => name !== 'locale';

/** The same without the language, for a sign-up that knows it already. */
export const ProfileFieldsWithoutLocaleInput = inputWith(PROFILE_FIELD_NAMES.filter(isNotLocale));
