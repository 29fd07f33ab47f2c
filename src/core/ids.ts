import { v7, validate } from 'uuid';

/** UUIDv7 (RFC 9562 section 5.7): grows with time, so that primary keys fill index pages in order. */
export const newId = (now: Date): string => v7({ msecs: now.getTime() });

/** Whether text could be one of our ids. Asked before SQL, which refuses anything else with an error. */
export const isId = (text: string): boolean => validate(text);
