import { BookOpen } from 'lucide-react';
import { ConsoleSettingsDocument } from '../../generated/documents.ts';
import { pageData } from '../../shared/page-data.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { fill } from '../../shared/words.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { useData } from '../shell/data.ts';
import { useShellWords } from '../shell/words.ts';
import { SettingList } from './setting-list.tsx';
import { useSettingWords } from './words.ts';

/** How the server is set up. */
export default function SettingsPage() {
  const words = useSettingWords();
  const { pages } = useShellWords();
  const settings = useData(ConsoleSettingsDocument, {});
  return (
    <>
      <PageHeader title={pages.settings}>
        <p className="quiet-text">{words.about}</p>
        <p className="about-version">
          {fill(words.version, { version: pageData.version })}
          {pageData.isDevelopment && (
            <a href="/dev/docs/settings" target="_blank" rel="noopener">
              <BookOpen aria-hidden size={18} />
              {words.documentation}
            </a>
          )}
        </p>
      </PageHeader>
      <Loaded of={settings}>{({ effectiveSettings }) => <SettingList settings={effectiveSettings} />}</Loaded>
    </>
  );
}
