import { findDefault, listVariables, type SettingGroup, variableName } from '../core/settings/setting-group.ts';
import { SOCIAL_PROVIDERS } from '../features/social/providers/registry.ts';
import type { SmsGateway } from '../infra/sms/gateway.ts';
import { SMS_GATEWAYS } from '../infra/sms/registry.ts';

const WIDTH = 120;

/** Writes the sections of .env.example that follow from the registries. */
export function updateExample(example: string): string {
  const gateways = SMS_GATEWAYS.flatMap(describeGateway);
  const providers = SOCIAL_PROVIDERS.flatMap((provider) =>
    provider.name === undefined ? describeNamedGroup(provider) : describeGroup(provider),
  );
  return replaceSection(replaceSection(example, 'SMS gateways', gateways), 'Social providers', providers);
}

function replaceSection(example: string, title: string, lines: readonly string[]): string {
  const heading = `# --- ${title} `.padEnd(WIDTH, '-');
  const [before = '', after] = example.split(`${heading}\n`);
  if (after === undefined) throw new Error(`.env.example has no section "${title}"`);
  const next = after.indexOf('\n# --- ');
  return `${before}${heading}\n\n${lines.join('\n')}\n${next < 0 ? '' : after.slice(next)}`;
}

const describeNamedGroup = (group: SettingGroup): string[] => [
  ...comment('Any other OpenID provider, any number of them. <NAME> is a name of your choice, such as MY_COMPANY.'),
  ...describeGroup(group, `${group.prefix}_<NAME>`),
];

/** Gateways of one company share variables, which are described once. */
function describeGateway(gateway: SmsGateway, index: number): string[] {
  const described = new Set(SMS_GATEWAYS.slice(0, index).flatMap(listVariables));
  const own = Object.entries(gateway.settings).filter(([name]) => !described.has(variableName(gateway.prefix, name)));
  const isShared = own.length < Object.keys(gateway.settings).length;
  return [
    ...comment(`With SMS_PROVIDER=${gateway.name}:${isShared ? ` the ${gateway.prefix}_ settings above, and:` : ''}`),
    ...describeGroup({ prefix: gateway.prefix, settings: Object.fromEntries(own) }),
  ];
}

const describeGroup = ({ prefix, settings }: SettingGroup, shownPrefix = prefix): string[] =>
  Object.entries(settings).flatMap(([name, setting]) => [
    ...comment(setting.description ?? ''),
    `# ${variableName(shownPrefix, name)}=${findDefault(setting) ?? ''}`,
  ]);

function comment(text: string): string[] {
  const lines = ['#'];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}
