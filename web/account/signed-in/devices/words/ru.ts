import type { DevicesWords } from './en.ts';

const words: DevicesWords = {
  introduction: 'Где вы вошли. Если устройство вам незнакомо, выйдите на нём и смените пароль.',
  current: 'Это устройство',
  impersonation: 'Администратор действует от вашего имени',
  lastUsed: 'Последний раз: {time}',
  since: 'вход: {time}',
  signOut: 'Выйти',
  signedOut: '{device}: выход выполнен.',
  signOutOthers: 'Выйти на всех остальных устройствах',
  signOutOthersQuestion: 'Выйти на всех остальных устройствах?',
  signOutOthersHint: 'Здесь вы останетесь в учётной записи. В остальных местах нужно будет войти ещё раз.',
  othersSignedOut: {
    one: 'Выход выполнен на # устройстве.',
    few: 'Выход выполнен на # устройствах.',
    many: 'Выход выполнен на # устройствах.',
    other: 'Выход выполнен на # устройства.',
  },
  noOthers: 'На других устройствах вы не входили.',
};
export default words;
