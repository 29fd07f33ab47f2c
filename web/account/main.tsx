import { mount } from '../shared/mount.tsx';
import { AccountApp } from './app.tsx';
import { keepReturnTo, takeRefusal } from './return-to.ts';

mount(() => {
  keepReturnTo();
  return <AccountApp isReturnRefused={takeRefusal()} />;
});
