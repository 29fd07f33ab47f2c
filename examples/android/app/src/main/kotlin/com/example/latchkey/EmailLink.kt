package com.example.latchkey

import android.net.Uri

/** A link in a message, opened as an app link. The paths are yours: they are in VERIFY_EMAIL_URL and so on. */
sealed interface EmailLink {
  class VerifyEmail(val token: String) : EmailLink

  class ResetPassword(val token: String) : EmailLink

  class ChangeEmail(val token: String) : EmailLink

  class SignIn(val token: String) : EmailLink

  companion object {
    fun of(uri: Uri): EmailLink? {
      val token = uri.getQueryParameter("token") ?: return null
      return when (uri.path) {
        "/verify-email" -> VerifyEmail(token)
        "/reset-password" -> ResetPassword(token)
        "/change-email" -> ChangeEmail(token)
        "/sign-in" -> SignIn(token)
        else -> null
      }
    }
  }
}
