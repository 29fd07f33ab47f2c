// Starts the service and then the app: npm start.
import { build, start } from '../start-service.mjs';

build('client');
await start(import.meta.dirname);
