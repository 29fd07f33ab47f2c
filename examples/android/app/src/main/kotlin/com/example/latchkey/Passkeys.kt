package com.example.latchkey

import android.app.Activity
import androidx.credentials.CreatePublicKeyCredentialRequest
import androidx.credentials.CreatePublicKeyCredentialResponse
import androidx.credentials.CredentialManager
import androidx.credentials.GetCredentialRequest
import androidx.credentials.GetPublicKeyCredentialOption
import androidx.credentials.PublicKeyCredential
import com.example.latchkey.api.FinishPasskeyRegistrationMutation
import com.example.latchkey.api.StartPasskeyLoginMutation
import com.example.latchkey.api.StartPasskeyRegistrationMutation
import com.example.latchkey.api.type.FinishPasskeyRegistrationInput
import com.example.latchkey.api.type.ReauthenticationMethod

/**
 * Passkeys of the RP ID. The server lists the app in PASSKEY_ANDROID_APPS.
 *
 * @param activity shows the sheet of the system
 */
class Passkeys(private val latchkey: Latchkey, private val signIn: SignIn, private val activity: Activity) {
  private val credentials = CredentialManager.create(activity)

  /**
   * Signs in. Counts as two factors. Throws GetCredentialCancellationException if the user closes the sheet, and
   * NoCredentialException if there is no passkey.
   */
  suspend fun login(): SignInOutcome {
    val started = latchkey.client.mutation(StartPasskeyLoginMutation()).execute().dataOrThrow().startPasskeyLogin
    return when {
      started.onPasskeyLogin != null ->
        signIn.finishPasskeyLogin(started.onPasskeyLogin.challengeId, assertion(started.onPasskeyLogin.options))
      started.onFeatureDisabled != null -> SignInOutcome.Refused(started.onFeatureDisabled.message)
      started.onRateLimited != null ->
        SignInOutcome.RateLimited(started.onRateLimited.message, started.onRateLimited.retryAfter)
      else -> SignInOutcome.Unknown(started.__typename)
    }
  }

  /** Adds a passkey to the account of the signed-in user. */
  suspend fun add(): AddPasskeyOutcome {
    val started =
      latchkey.client.mutation(StartPasskeyRegistrationMutation()).execute().dataOrThrow().startPasskeyRegistration
    return when {
      started.onPasskeyRegistration != null ->
        finish(started.onPasskeyRegistration.challengeId, registration(started.onPasskeyRegistration.options))
      started.reauthenticationRequiredFields != null ->
        AddPasskeyOutcome.ReauthenticationRequired(started.reauthenticationRequiredFields.methods)
      started.invalidInputFields != null -> AddPasskeyOutcome.Refused(started.invalidInputFields.message)
      started.onFeatureDisabled != null -> AddPasskeyOutcome.Refused(started.onFeatureDisabled.message)
      started.onRateLimited != null -> AddPasskeyOutcome.Refused(started.onRateLimited.message)
      else -> AddPasskeyOutcome.Unknown(started.__typename)
    }
  }

  /** The response of a passkey to options of the server: for a sign-in, a second factor or `reauthenticate`. */
  suspend fun assertion(options: String): String {
    val request = GetCredentialRequest(listOf(GetPublicKeyCredentialOption(requestJson = options)))
    val credential = credentials.getCredential(activity, request).credential
    return (credential as PublicKeyCredential).authenticationResponseJson
  }

  private suspend fun registration(options: String): String {
    val created = credentials.createCredential(activity, CreatePublicKeyCredentialRequest(requestJson = options))
    return (created as CreatePublicKeyCredentialResponse).registrationResponseJson
  }

  private suspend fun finish(challengeId: String, response: String): AddPasskeyOutcome {
    val input = FinishPasskeyRegistrationInput(challengeId = challengeId, response = response)
    val finished = latchkey.client.mutation(FinishPasskeyRegistrationMutation(input)).execute()
    return finished.dataOrThrow().finishPasskeyRegistration.outcome()
  }
}

sealed interface AddPasskeyOutcome {
  class Added(val name: String) : AddPasskeyOutcome

  /** Confirm the user with [Reauthentication], then start again. */
  class ReauthenticationRequired(val methods: List<ReauthenticationMethod>) : AddPasskeyOutcome

  class Refused(val message: String) : AddPasskeyOutcome

  class Unknown(val type: String) : AddPasskeyOutcome
}

fun FinishPasskeyRegistrationMutation.FinishPasskeyRegistration.outcome(): AddPasskeyOutcome =
  when {
    onPasskeySaved != null -> AddPasskeyOutcome.Added(onPasskeySaved.passkey.passkeyFields.name)
    invalidInputFields != null -> AddPasskeyOutcome.Refused(invalidInputFields.message)
    onChallengeFailed != null -> AddPasskeyOutcome.Refused(onChallengeFailed.message)
    onRateLimited != null -> AddPasskeyOutcome.Refused(onRateLimited.message)
    else -> AddPasskeyOutcome.Unknown(__typename)
  }
