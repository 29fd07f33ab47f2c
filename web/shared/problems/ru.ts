import { ru } from '../../../src/messages/problem-words/ru.ts';
import { toOwnProblems } from './own-problems.ts';

export default toOwnProblems(ru);
