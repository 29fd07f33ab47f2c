import { createMessageTexts } from '../../app/message-texts.ts';
import type { Config } from '../../config.ts';
import { InvalidMessageFiles } from '../../messages/message-files.ts';
import { type Finding, finding } from './finding.ts';

/** The templates and texts of the operator, and what each text message costs. */
export async function examineMessages(config: Config): Promise<Finding[]> {
  try {
    const { texts } = createMessageTexts(config);
    const own = config.messages.templates === undefined ? 'the built-in ones' : 'MESSAGE_TEMPLATES can be used';
    const long = texts.samples({ notices: config.sms.notices }).filter(({ segments }) => segments > 1);
    return [
      finding('good', 'messages', own),
      ...(config.sms.gateway ? long : []).map(({ locale, kind, segments }) =>
        finding(
          'doubtful',
          'messages',
          `the text message ${kind} in ${locale} has ${segments} segments: it is billed as ${segments} messages`,
          locale === 'ru' ? 'shorten it or PRODUCT_NAME, or set SMS_TRANSLITERATE=on' : 'shorten it or PRODUCT_NAME',
        ),
      ),
    ];
  } catch (error) {
    if (!(error instanceof InvalidMessageFiles)) throw error;
    return error.problems.map((problem) =>
      finding('wrong', 'messages', problem, 'see docs/messages.md for names, keys and placeholders'),
    );
  }
}
