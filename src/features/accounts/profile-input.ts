import { Field, InputType } from 'type-graphql';
import type { Maybe } from './profile.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS, type ProfileFieldName } from './profile-fields.ts';

type Fields<Name extends ProfileFieldName> = { [Field in Name]?: Maybe<string> };

/** An input class with these profile fields, all of them optional, beside those of the parent. */
function inputWith<Name extends ProfileFieldName, Parent extends object>(
  names: readonly Name[],
  parent: abstract new () => Parent,
) {
  @InputType()
  abstract class ProfileFields extends (parent as abstract new () => object) {}

  for (const name of names)
    Field(() => String, { nullable: true, description: PROFILE_FIELDS[name].description })(
      ProfileFields.prototype,
      name,
    );

  return ProfileFields as abstract new () => Parent & Fields<Name>; // TypeScript cannot see what the loop adds.
}

const isNotLocale = (name: ProfileFieldName): name is Exclude<ProfileFieldName, 'locale'> => name !== 'locale';

/** Input types with the whole profile extend this. */
export const ProfileFieldsInput = inputWith(PROFILE_FIELD_NAMES, Object);

/** The same for an input that also has the fields of the parent. */
export const withProfileFields = <Parent extends object>(parent: abstract new () => Parent) =>
  inputWith(PROFILE_FIELD_NAMES, parent);

/** The same without the language, for a sign-up that already knows it. */
export const withProfileFieldsButLocale = <Parent extends object>(parent: abstract new () => Parent) =>
  inputWith(PROFILE_FIELD_NAMES.filter(isNotLocale), parent);
