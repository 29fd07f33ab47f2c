package com.example.latchkey

import java.io.IOException
import kotlinx.coroutines.CompletableDeferred

/** Refreshes as the server does: the same token gives the same successor until a new token has been used. */
class FakeServer : SessionEndpoint {
  @Volatile var refreshes = 0
  @Volatile var outcome: RefreshOutcome? = null
  @Volatile var losesResponses = false
  @Volatile var isReachable = true
  @Volatile var held: CompletableDeferred<Unit>? = null
  val rejected = mutableSetOf<String>()
  val loggedOut = mutableListOf<String>()

  override suspend fun refresh(refreshToken: String): RefreshOutcome {
    refreshes++
    held?.await()
    if (!isReachable || losesResponses) throw IOException("no response")
    if (refreshToken in rejected) return RefreshOutcome.Rejected
    return outcome ?: RefreshOutcome.Refreshed(Tokens("access of $refreshToken+", 600, "$refreshToken+"))
  }

  override suspend fun logout(refreshToken: String) {
    if (!isReachable) throw IOException("no response")
    loggedOut += refreshToken
  }
}

class FakeStore(@Volatile var refreshToken: String?) : TokenStore {
  @Volatile var isLocked = false

  override fun read(): String? = unlessLocked { refreshToken }

  override fun write(refreshToken: String) = unlessLocked { this.refreshToken = refreshToken }

  override fun clear() = unlessLocked { refreshToken = null }

  private fun <T> unlessLocked(use: () -> T): T = if (isLocked) throw IllegalStateException("locked") else use()
}
