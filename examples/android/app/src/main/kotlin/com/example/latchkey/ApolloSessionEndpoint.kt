package com.example.latchkey

import com.apollographql.apollo.ApolloClient
import com.apollographql.apollo.api.Optional
import com.example.latchkey.api.LogoutMutation
import com.example.latchkey.api.RefreshMutation
import com.example.latchkey.api.fragment.SignedIn
import com.example.latchkey.api.type.LogoutInput
import com.example.latchkey.api.type.RefreshInput

/** `refresh` and `logout`. Its client sends no access token, so a refresh never waits for a refresh. */
class ApolloSessionEndpoint(private val client: ApolloClient) : SessionEndpoint {
  override suspend fun refresh(refreshToken: String): RefreshOutcome {
    val input = RefreshInput(refreshToken = Optional.present(refreshToken))
    return client.mutation(RefreshMutation(Optional.present(input))).execute().dataOrThrow().refresh.outcome()
  }

  override suspend fun logout(refreshToken: String) {
    val input = LogoutInput(refreshToken = Optional.present(refreshToken))
    client.mutation(LogoutMutation(Optional.present(input))).execute()
  }
}

fun RefreshMutation.Refresh.outcome(): RefreshOutcome =
  when {
    signedIn != null -> RefreshOutcome.Refreshed(signedIn.tokens())
    onRefreshRejected != null -> RefreshOutcome.Rejected
    onRateLimited != null -> RefreshOutcome.RateLimited(onRateLimited.retryAfter)
    else -> throw UnknownOutcome(__typename)
  }

fun SignedIn.tokens(): Tokens =
  Tokens(
    accessToken,
    accessTokenExpiresIn,
    // Null only with transport COOKIE, which an app does not ask for.
    refreshToken ?: throw UnknownOutcome("Authenticated"),
  )

/** The server is newer than this app: it returned a type that the app's documents do not select. */
class UnknownOutcome(type: String) : Exception("The server returned $type.")
