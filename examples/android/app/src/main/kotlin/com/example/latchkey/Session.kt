package com.example.latchkey

import android.os.SystemClock
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/**
 * The tokens of the signed-in user. One for the process: all callers together refresh once.
 *
 * @param elapsed milliseconds of a clock that no user can set, and that also runs while the device sleeps
 */
class Session(
  private val store: TokenStore,
  private val endpoint: SessionEndpoint,
  private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
  private val elapsed: () -> Long = SystemClock::elapsedRealtime,
) {
  private class AccessToken(val text: String, val expiresAt: Long, val refreshAt: Long)

  // Not that of a screen: cancelling one caller harms no other, and a response that arrives is stored.
  private val scope = CoroutineScope(SupervisorJob() + dispatcher)

  /** Guards the state below and the store. Not held while the server is asked. */
  private val mutex = Mutex()
  private var access: AccessToken? = null
  private var refreshing: Deferred<String?>? = null

  /** Grows with each sign-in and sign-out, so that a refresh of an earlier session changes nothing. */
  private var generation = 0
  private var notBefore = Long.MIN_VALUE

  private val changes = MutableStateFlow<Boolean?>(null)

  /** Whether there is a session, as far as this device knows. Null until something has changed it in this process. */
  val signedIn: StateFlow<Boolean?> = changes

  suspend fun isSignedIn(): Boolean = withContext(dispatcher) { mutex.withLock { store.read() != null } }

  /** A token that is accepted for a while, or null if the user is not signed in. */
  suspend fun accessToken(): String? =
    try {
      refreshUnless { elapsed() < it.refreshAt }
    } catch (unavailable: SessionUnavailable) {
      // It was too early to need a new one.
      mutex.withLock { access?.takeIf { elapsed() < it.expiresAt }?.text } ?: throw unavailable
    }

  /** A token in place of one that the server refused, or null if the user is not signed in any more. */
  suspend fun accessToken(insteadOf: String): String? {
    mutex.withLock { if (access?.text == insteadOf) access = null }
    return refreshUnless { elapsed() < it.expiresAt }
  }

  /** Call it with the tokens of each sign-in. */
  suspend fun signIn(tokens: Tokens) =
    withContext(dispatcher + NonCancellable) {
      mutex.withLock {
        generation++
        notBefore = Long.MIN_VALUE
        refreshing = null
        access = null
        keep(tokens, askedAt = elapsed())
        changes.value = true
      }
    }

  /** Call it with the outcome Reauthenticated: the refresh token stays. */
  suspend fun replaceAccessToken(text: String, expiresInSeconds: Int) =
    mutex.withLock { access = accessToken(text, expiresInSeconds, askedAt = elapsed()) }

  /** Signs out on this device, also without a network. The server is told in the background if it can be reached. */
  suspend fun signOut(): Job? =
    withContext(dispatcher + NonCancellable) {
      val refreshToken = mutex.withLock { store.read().also { end() } } ?: return@withContext null
      scope.launch { runCatching { endpoint.logout(refreshToken) } }
    }

  /** All callers without a usable token get the result of one request. */
  private suspend fun refreshUnless(isUsable: (AccessToken) -> Boolean): String? {
    val attempt = mutex.withLock {
      access?.takeIf(isUsable)?.let { return it.text }
      refreshing?.takeIf { it.isActive } ?: scope.async { refresh() }.also { refreshing = it }
    }
    return attempt.await()
  }

  private suspend fun refresh(): String? {
    val (started, refreshToken) = mutex.withLock {
      if (elapsed() < notBefore) throw SessionUnavailable(null)
      generation to (readStore() ?: return null)
    }
    val askedAt = elapsed()
    val outcome =
      try {
        endpoint.refresh(refreshToken)
      } catch (cancelled: CancellationException) {
        throw cancelled
      } catch (failure: Exception) {
        // The response may be lost. The same token gives the same successor, so the token is kept.
        throw SessionUnavailable(failure)
      }
    mutex.withLock {
      // The user signed out or in meanwhile.
      if (started != generation) return access?.text
      when (outcome) {
        is RefreshOutcome.Refreshed -> {
          keep(outcome.tokens, askedAt)
          return outcome.tokens.accessToken
        }
        is RefreshOutcome.RateLimited -> {
          notBefore = elapsed() + outcome.retryAfterSeconds * 1000L
          throw SessionUnavailable(null)
        }
        RefreshOutcome.Rejected -> {
          // Another process of the app may have refreshed: then its token counts.
          val current = readStore()
          if (current == null || current == refreshToken) {
            end()
            return null
          }
        }
      }
    }
    return refresh()
  }

  /**
   * First the refresh token is stored, then the access token is used: the server counts the old refresh token as stolen
   * once it has seen a new token. If storing fails, the old one remains valid.
   */
  private fun keep(tokens: Tokens, askedAt: Long) {
    try {
      store.write(tokens.refreshToken)
    } catch (failure: Exception) {
      throw SessionUnavailable(failure)
    }
    access = accessToken(tokens.accessToken, tokens.accessTokenExpiresInSeconds, askedAt)
  }

  /** Counted from the request on, so that a slow network makes it earlier, never later. */
  private fun accessToken(text: String, expiresInSeconds: Int, askedAt: Long): AccessToken {
    val marginSeconds = minOf(30, expiresInSeconds / 2)
    return AccessToken(
      text,
      expiresAt = askedAt + expiresInSeconds * 1000L,
      refreshAt = askedAt + (expiresInSeconds - marginSeconds) * 1000L,
    )
  }

  private fun readStore(): String? =
    try {
      store.read()
    } catch (failure: Exception) {
      throw SessionUnavailable(failure)
    }

  private fun end() {
    generation++
    refreshing = null
    access = null
    store.clear()
    changes.value = false
  }
}
