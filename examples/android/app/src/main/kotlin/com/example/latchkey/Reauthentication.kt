package com.example.latchkey

import com.apollographql.apollo.api.Optional.Companion.present
import com.example.latchkey.api.ReauthenticateMutation
import com.example.latchkey.api.type.ReauthenticateInput

/** Confirms the user again, after an operation returned ReauthenticationRequired. Then repeat the operation. */
class Reauthentication(private val latchkey: Latchkey) {
  suspend fun confirmPassword(password: String): Outcome = confirm(ReauthenticateInput(password = present(password)))

  suspend fun confirmTotp(totp: String): Outcome = confirm(ReauthenticateInput(totp = present(totp)))

  private suspend fun confirm(input: ReauthenticateInput): Outcome {
    val response = latchkey.client.mutation(ReauthenticateMutation(input)).execute()
    val outcome = response.dataOrThrow().reauthenticate.outcome()
    if (outcome is Outcome.Confirmed)
      latchkey.session.replaceAccessToken(outcome.accessToken, outcome.expiresInSeconds)
    return outcome
  }

  sealed interface Outcome {
    class Confirmed(val accessToken: String, val expiresInSeconds: Int) : Outcome

    class Refused(val message: String) : Outcome

    class Unknown(val type: String) : Outcome
  }
}

fun ReauthenticateMutation.Reauthenticate.outcome(): Reauthentication.Outcome =
  when {
    onReauthenticated != null ->
      Reauthentication.Outcome.Confirmed(onReauthenticated.accessToken, onReauthenticated.accessTokenExpiresIn)
    invalidInputFields != null -> Reauthentication.Outcome.Refused(invalidInputFields.message)
    onChallengeFailed != null -> Reauthentication.Outcome.Refused(onChallengeFailed.message)
    onInvalidCredentials != null -> Reauthentication.Outcome.Refused(onInvalidCredentials.message)
    onRateLimited != null -> Reauthentication.Outcome.Refused(onRateLimited.message)
    else -> Reauthentication.Outcome.Unknown(__typename)
  }
