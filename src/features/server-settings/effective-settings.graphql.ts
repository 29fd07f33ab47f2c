import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { EffectiveSetting } from '../../config.ts';
import { Allow } from '../../core/access.ts';
import { MaxBytes, MaxItems, utf8 } from '../../core/response-size.ts';

/** All settings, and four of each social provider. Further ones are left out. */
const MAX_SETTINGS = 300;
/** Characters. */
const MAX_NAME = 200;
const MAX_VALUE = 300;
const MAX_DESCRIPTION = 600;

interface Description {
  section: string | undefined;
  text: string;
}

@ObjectType('EffectiveSetting', { description: 'A setting of the server.' })
class EffectiveSettingType {
  @MaxBytes(MAX_NAME)
  @Field(() => String, { description: 'The variable, such as ACCESS_TOKEN_TTL.' })
  readonly name: string;
  @MaxBytes(utf8(MAX_VALUE))
  @Field(() => String, {
    nullable: true,
    description: `The value, or the default. Null for secrets, and if there is no value. URLs have no credentials and no query. Cut off after ${MAX_VALUE} characters.`,
  })
  readonly value: string | null;
  @Field(() => Boolean, { description: 'Whether it is set. If not, the default applies.' })
  readonly isSet: boolean;
  @Field(() => Boolean, { description: 'Whether the value is a secret, which is never shown.' })
  readonly isSecret: boolean;
  @MaxBytes(MAX_NAME)
  @Field(() => String, {
    nullable: true,
    description: 'The section of docs/settings.md, in English. Null for settings of extensions.',
  })
  readonly section: string | null;
  @MaxBytes(MAX_DESCRIPTION)
  @Field(() => String, { description: 'What it does, in English, as in docs/settings.md.' })
  readonly description: string;

  constructor({ name, value, isSet, isSecret }: EffectiveSetting, { section, text }: Description) {
    this.name = name;
    this.value = value === undefined ? null : shorten(value);
    this.isSet = isSet;
    this.isSecret = isSecret;
    this.section = section ?? null;
    this.description = text;
  }
}

@Resolver()
export class EffectiveSettingsResolver {
  /** @param describe what a setting does */
  constructor(
    private readonly settings: readonly EffectiveSetting[],
    private readonly describe: (setting: EffectiveSetting) => Description,
  ) {}

  @Allow('ADMIN')
  @MaxItems(MAX_SETTINGS)
  @Query(() => [EffectiveSettingType], {
    description:
      'Administrators only. The settings of this server as it runs now, with those of SMS gateways and social providers that are set. Without secrets.',
  })
  effectiveSettings(): EffectiveSettingType[] {
    return this.settings
      .slice(0, MAX_SETTINGS)
      .map((setting) => new EffectiveSettingType(setting, this.describe(setting)));
  }
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_VALUE ? text : `${characters.slice(0, MAX_VALUE - 1).join('')}…`;
}
