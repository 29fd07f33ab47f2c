package com.example.latchkey

import android.app.Application

class LatchkeyApplication : Application() {
  /** One for the process, so that all screens share one session. */
  val latchkey by lazy { Latchkey(BuildConfig.LATCHKEY_URL, KeystoreTokenStore(this)) }
}
