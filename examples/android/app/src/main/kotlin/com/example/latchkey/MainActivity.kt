package com.example.latchkey

import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.widget.Button
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import androidx.activity.ComponentActivity
import androidx.lifecycle.lifecycleScope
import com.example.latchkey.api.MeQuery
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.launch

/** Shows how the parts are used. An app has a screen for each outcome. */
class MainActivity : ComponentActivity() {
  private val latchkey by lazy { (application as LatchkeyApplication).latchkey }
  private val signIn by lazy { SignIn(latchkey, device = Build.MODEL) }
  private val passkeys by lazy { Passkeys(latchkey, signIn, this) }
  private val redirect by lazy { RedirectSignIn(latchkey, signIn, this) }
  private lateinit var status: TextView

  /** Of the sign-in that waits for its second factor. */
  private var challengeId: String? = null

  override fun onCreate(savedInstanceState: Bundle?) {
    super.onCreate(savedInstanceState)
    val identifier = EditText(this).apply { hint = "Email or phone number" }
    val password = EditText(this).apply { hint = "Password" }
    val code = EditText(this).apply { hint = "Code of the authenticator app" }
    status = TextView(this)
    val layout = LinearLayout(this).apply { orientation = LinearLayout.VERTICAL }
    listOf(
        identifier,
        password,
        button("Sign in") { show(signIn.login("${identifier.text}", "${password.text}")) },
        code,
        button("Verify code") { challengeId?.let { show(signIn.verifyTotp(it, "${code.text}")) } },
        button("Sign in with a passkey") { show(passkeys.login()) },
        button("Sign in with Google") { show(GoogleSignIn(signIn, this, BuildConfig.GOOGLE_CLIENT_ID).login()) },
        button("Sign in with GitHub") { redirect.start("github", REDIRECT_URI)?.let(::show) },
        button("Who am I?") { status.text = me() },
        button("Sign out") { latchkey.session.signOut() },
        status,
      )
      .forEach(layout::addView)
    setContentView(layout)
    lifecycleScope.launch { latchkey.session.signedIn.collect { if (it == false) status.text = "Signed out" } }
    open(intent)
  }

  override fun onNewIntent(intent: Intent) {
    super.onNewIntent(intent)
    setIntent(intent)
    open(intent)
  }

  /** A link in a message, or the redirect of a social provider. */
  private fun open(intent: Intent) {
    val uri = intent.data ?: return
    // Android delivers the same intent again when it restores the activity.
    setIntent(Intent())
    perform {
      if (uri.scheme == packageName) redirect.finish(uri)?.let(::show)
      else
        when (val link = EmailLink.of(uri)) {
          is EmailLink.VerifyEmail -> show(signIn.verifyEmail(link.token))
          is EmailLink.SignIn -> status.text = "Ask the user to confirm, then call confirmEmail."
          is EmailLink.ResetPassword -> status.text = "Ask for a new password, then call resetPassword."
          is EmailLink.ChangeEmail -> status.text = "Ask the user to confirm, then call confirmEmailChange."
          null -> status.text = "Unknown link"
        }
    }
  }

  private fun show(outcome: SignInOutcome) {
    if (outcome is SignInOutcome.SecondFactorRequired) challengeId = outcome.request.challengeId
    status.text =
      when (outcome) {
        is SignInOutcome.Authenticated -> "Signed in as ${outcome.signedIn.user.email ?: outcome.signedIn.user.phone}"
        is SignInOutcome.Challenge -> "A code was sent to ${outcome.challenge.sentTo}"
        is SignInOutcome.SecondFactorRequired -> "Second factor: ${outcome.request.factors.joinToString()}"
        is SignInOutcome.InvalidInput -> outcome.problems.fields.joinToString("\n") { "${it.path}: ${it.message}" }
        is SignInOutcome.ChallengeFailed -> "${outcome.message} (${outcome.attemptsRemaining})"
        is SignInOutcome.RateLimited -> "${outcome.message} (${outcome.retryAfterSeconds} s)"
        is SignInOutcome.Refused -> outcome.message
        is SignInOutcome.Unknown -> "Please update the app."
        SignInOutcome.EmailVerified -> "The address is verified. Sign in."
        SignInOutcome.PhoneVerified -> "The number is verified."
        SignInOutcome.IdentityLinked -> "The account is linked."
      }
  }

  private suspend fun me(): String {
    val response = latchkey.client.query(MeQuery()).execute()
    // An exception is about the network: the user is still signed in.
    response.exception?.let { return "Not now: ${it.message}" }
    return response.data?.me?.let { "You are ${it.email ?: it.phone}" } ?: "Not signed in"
  }

  private fun button(text: String, action: suspend () -> Unit) =
    Button(this).apply {
      this.text = text
      setOnClickListener { perform(action) }
    }

  private fun perform(action: suspend () -> Unit) {
    lifecycleScope.launch {
      try {
        action()
      } catch (cancelled: CancellationException) {
        throw cancelled
      } catch (failure: Exception) {
        status.text = failure.message
      }
    }
  }

  private companion object {
    const val REDIRECT_URI = "com.example.latchkey:/callback"
  }
}
