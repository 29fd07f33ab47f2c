import { mount } from '../shared/mount.tsx';
import { ConsoleApp } from './app.tsx';

mount(<ConsoleApp />);
