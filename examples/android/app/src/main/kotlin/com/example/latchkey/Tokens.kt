package com.example.latchkey

/** What a sign-in or a refresh returns. */
class Tokens(val accessToken: String, val accessTokenExpiresInSeconds: Int, val refreshToken: String)

/** Where the refresh token outlives the process. The access token stays in memory. */
interface TokenStore {
  /**
   * The refresh token, or null if there is none. Throws if the store cannot be read now: that does not mean that the
   * user is signed out.
   */
  fun read(): String?

  /** Returns when the token is stored durably. */
  fun write(refreshToken: String)

  fun clear()
}

/** What the server did with a refresh token. */
sealed interface RefreshOutcome {
  class Refreshed(val tokens: Tokens) : RefreshOutcome

  /** RefreshRejected: the session is over. */
  data object Rejected : RefreshOutcome

  /** RateLimited: nothing was checked. */
  class RateLimited(val retryAfterSeconds: Int) : RefreshOutcome
}

/** Calls `refresh` and `logout` of the API. */
interface SessionEndpoint {
  /** Throws if there is no outcome: no network, 503, an unknown type. */
  suspend fun refresh(refreshToken: String): RefreshOutcome

  suspend fun logout(refreshToken: String)
}

/** There are tokens, but no access token could be had now. Try again later; the user stays signed in. */
class SessionUnavailable(cause: Throwable?) : Exception("The session cannot be renewed now.", cause)
