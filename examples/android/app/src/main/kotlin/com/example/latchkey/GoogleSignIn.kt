package com.example.latchkey

import android.app.Activity
import android.util.Base64
import androidx.credentials.CredentialManager
import androidx.credentials.CustomCredential
import androidx.credentials.GetCredentialRequest
import com.google.android.libraries.identity.googleid.GetSignInWithGoogleOption
import com.google.android.libraries.identity.googleid.GoogleIdTokenCredential
import java.security.SecureRandom

/**
 * Sign in with Google, with Credential Manager.
 *
 * @param clientId the client ID of the web application at Google, which is GOOGLE_OAUTH_CLIENT_ID of the server: Google
 *   issues the ID token for it
 */
class GoogleSignIn(private val signIn: SignIn, private val activity: Activity, private val clientId: String) {
  /** Throws GetCredentialCancellationException if the user closes the sheet. */
  suspend fun login(): SignInOutcome {
    // Google copies it into the token. Only this app knows it, so a token of another sign-in is useless.
    val nonce = randomNonce()
    val option = GetSignInWithGoogleOption.Builder(clientId).setNonce(nonce).build()
    val credential =
      CredentialManager.create(activity).getCredential(activity, GetCredentialRequest(listOf(option))).credential
    check(credential is CustomCredential && credential.type in GOOGLE) { "unexpected credential ${credential.type}" }
    val idToken = GoogleIdTokenCredential.createFrom(credential.data).idToken
    return signIn.socialLogin(provider = "google", idToken = idToken, nonce = nonce)
  }

  private fun randomNonce(): String {
    val bytes = ByteArray(32).also { SecureRandom().nextBytes(it) }
    return Base64.encodeToString(bytes, Base64.URL_SAFE or Base64.NO_PADDING or Base64.NO_WRAP)
  }

  private companion object {
    val GOOGLE =
      setOf(
        GoogleIdTokenCredential.TYPE_GOOGLE_ID_TOKEN_CREDENTIAL,
        GoogleIdTokenCredential.TYPE_GOOGLE_ID_TOKEN_SIWG_CREDENTIAL,
      )
  }
}
