package com.example.latchkey

import android.app.Activity
import android.content.Context
import android.net.Uri
import androidx.browser.customtabs.CustomTabsIntent
import androidx.core.content.edit
import com.apollographql.apollo.api.Optional
import com.example.latchkey.api.SocialAuthorizeMutation
import com.example.latchkey.api.type.SocialAuthorizeInput
import com.example.latchkey.api.type.SocialCallbackInput

/** Sign-in with a provider that has no library for Android, such as GitHub, in the system's browser. */
class RedirectSignIn(private val latchkey: Latchkey, private val signIn: SignIn, private val activity: Activity) {
  // Kept in a file: Android may end the process while the browser is in front.
  private val pending = activity.getSharedPreferences("latchkey-redirect", Context.MODE_PRIVATE)

  /**
   * Opens the browser. Returns null if it is open, otherwise why not.
   *
   * @param redirectUri listed in SOCIAL_REDIRECT_URIS, such as `com.example.latchkey:/callback`
   */
  suspend fun start(provider: String, redirectUri: String): SignInOutcome? {
    val input = SocialAuthorizeInput(provider = provider, redirectUri = redirectUri)
    val started = latchkey.client.mutation(SocialAuthorizeMutation(input)).execute().dataOrThrow().socialAuthorize
    return when {
      started.onSocialAuthorization != null -> {
        pending.edit(commit = true) {
          putString("provider", provider)
          putString("challengeId", started.onSocialAuthorization.challengeId)
        }
        CustomTabsIntent.Builder().build().launchUrl(activity, Uri.parse(started.onSocialAuthorization.url))
        null
      }
      started.invalidInputFields != null -> SignInOutcome.InvalidInput(started.invalidInputFields)
      started.onSocialProviderUnavailable != null -> SignInOutcome.Refused(started.onSocialProviderUnavailable.message)
      // Only when linking an identity to the signed-in user.
      started.onInvalidCredentials != null -> SignInOutcome.Refused(started.onInvalidCredentials.message)
      started.reauthenticationRequiredFields != null ->
        SignInOutcome.Refused(started.reauthenticationRequiredFields.message)
      started.onRateLimited != null ->
        SignInOutcome.RateLimited(started.onRateLimited.message, started.onRateLimited.retryAfter)
      else -> SignInOutcome.Unknown(started.__typename)
    }
  }

  /**
   * Call it with the intent's URI when the browser returns. The server compares state and challengeId, so a redirect
   * that another app made is refused. Null if the user refused at the provider, or if no sign-in was started here.
   */
  suspend fun finish(redirect: Uri): SignInOutcome? {
    val provider = pending.getString("provider", null)
    val challengeId = pending.getString("challengeId", null)
    pending.edit(commit = true) { clear() }
    val callback =
      SocialCallbackInput(
        challengeId = challengeId ?: return null,
        code = redirect.getQueryParameter("code") ?: return null,
        issuer = Optional.presentIfNotNull(redirect.getQueryParameter("iss")),
        provider = provider ?: return null,
        state = redirect.getQueryParameter("state") ?: return null,
      )
    return signIn.socialCallback(callback)
  }
}
