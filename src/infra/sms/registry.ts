import { eskiz } from './eskiz/eskiz.ts';
import type { SmsGateway } from './gateway.ts';
import { http } from './http/http.ts';
import { twilio, twilioVerify } from './twilio/twilio.ts';

/** All SMS gateways. Settings, doctor and .env.example follow from this list. */
export const SMS_GATEWAYS: readonly SmsGateway[] = [twilio, twilioVerify, eskiz, http];
