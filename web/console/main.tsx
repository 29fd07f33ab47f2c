import { mount } from '../shared/mount.tsx';
import { ConsoleApp } from './app.tsx';
import './shell/shell.css';

mount(() => <ConsoleApp />);
