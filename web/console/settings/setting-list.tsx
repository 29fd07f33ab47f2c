import type { ConsoleSettingsQuery } from '../../generated/documents.ts';
import { useLocale } from '../../shared/locale.tsx';
import { Badge } from '../../shared/ui/badge.tsx';
import { Card } from '../../shared/ui/card.tsx';
import { plural } from '../../shared/words.ts';
import { Check } from '../parts/check.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useSettingWords } from './words.ts';
import '../parts/filters.css';
import './settings.css';

type Setting = ConsoleSettingsQuery['effectiveSettings'][number];

/** Each word of the search is somewhere in the setting. */
function matches({ name, value, description }: Setting, search: string): boolean {
  const text = [name, name.replaceAll('_', ' '), value, description].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** In the order of the documentation. */
function bySection(settings: readonly Setting[]): Map<string, Setting[]> {
  const sections = new Map<string, Setting[]>();
  for (const setting of settings) {
    const title = setting.section ?? '';
    sections.set(title, [...(sections.get(title) ?? []), setting]);
  }
  return sections;
}

const anchorOf = (title: string): string => `section-${title.toLowerCase().replaceAll(' ', '-')}`;

export function SettingList({ settings }: { readonly settings: readonly Setting[] }) {
  const words = useSettingWords();
  const { locale } = useLocale();
  const filters = useFilters();
  const search = filters.get('q') ?? '';
  const isOnlySet = filters.get('set') !== undefined;
  const found = settings.filter((setting) => (setting.isSet || !isOnlySet) && matches(setting, search));
  const sections = [...bySection(found)];
  const nameOf = (title: string) => (words.sections[title] ?? title) || words.extensions;
  return (
    <>
      <search className="filters settings-filters" aria-label={words.search}>
        <TextFilter
          label={words.search}
          type="search"
          value={search}
          isLive
          onChange={(q) => filters.set({ q }, { isStep: false })}
        />
        <Check
          label={words.onlySet}
          checked={isOnlySet}
          onChange={({ target }) => filters.set({ set: target.checked ? '1' : undefined })}
        />
        <p className="quiet-text" role="status">
          {found.length > 0 ? plural(locale, found.length, words.found) : words.none}
        </p>
      </search>
      {sections.length > 1 && (
        <nav className="section-links" aria-label={words.toSection}>
          {sections.map(([title]) => (
            <a key={title} href={`#${anchorOf(title)}`}>
              {nameOf(title)}
            </a>
          ))}
        </nav>
      )}
      {sections.map(([title, list]) => (
        <div key={title} id={anchorOf(title)}>
          <Card title={nameOf(title)}>
            <dl className="settings">
              {list.map((setting) => (
                <Row key={setting.name} {...setting} />
              ))}
            </dl>
          </Card>
        </div>
      ))}
    </>
  );
}

function Row({ name, description, ...setting }: Setting) {
  return (
    <div>
      <dt>
        <code>{name}</code>
        <span className="quiet-text" lang="en">
          {description}
        </span>
      </dt>
      <dd>
        <Value {...setting} />
      </dd>
    </div>
  );
}

function Value({ value, isSet, isSecret }: Pick<Setting, 'value' | 'isSet' | 'isSecret'>) {
  const words = useSettingWords();
  if (isSecret)
    return (
      <>
        <Badge look={isSet ? 'good' : 'plain'}>{isSet ? words.isSet : words.isNotSet}</Badge>
        <span className="quiet-text">{words.secret}</span>
      </>
    );
  if (value === null || value === undefined) return <span className="quiet-text">{words.noValue}</span>;
  return (
    <>
      <code>{value}</code>
      {isSet ? <Badge>{words.isSet}</Badge> : <span className="quiet-text">{words.isDefault}</span>}
    </>
  );
}
