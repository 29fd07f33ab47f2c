package com.example.latchkey

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

class SessionTest {
  private val server = FakeServer()
  private val store = FakeStore("r1")
  private var seconds = 0L
  private val session = newSession()

  private fun newSession() = Session(store, server, Dispatchers.Default) { seconds * 1000 }

  private fun test(body: suspend CoroutineScope.() -> Unit) = runBlocking(Dispatchers.Default) { body() }

  /** Starts a call and returns when the server is being asked; `release` lets it answer. */
  private suspend fun CoroutineScope.heldCall(): Deferred<Result<String?>> {
    server.held = CompletableDeferred()
    val call = async { runCatching { session.accessToken() } }
    while (server.refreshes == 0) yield()
    return call
  }

  private fun release() {
    server.held?.complete(Unit)
  }

  @Test
  fun `parallel calls make one refresh`() = test {
    val tokens = List(20) { async { session.accessToken() } }.awaitAll().toSet()
    assertEquals(setOf<String?>("access of r1+"), tokens)
    assertEquals(1, server.refreshes)
  }

  @Test
  fun `parallel calls that were refused make one refresh`() = test {
    val refused = checkNotNull(session.accessToken())
    val tokens = List(20) { async { session.accessToken(insteadOf = refused) } }.awaitAll().toSet()
    assertEquals(setOf<String?>("access of r1++"), tokens)
    assertEquals(2, server.refreshes)
  }

  @Test
  fun `refreshes ahead of expiry`() = test {
    session.accessToken()
    seconds = 569
    assertEquals("access of r1+", session.accessToken())
    seconds = 571
    assertEquals("access of r1++", session.accessToken())
  }

  @Test
  fun `the lifetime counts from the request`() = test {
    val call = heldCall()
    seconds = 571
    release()
    call.await()
    assertEquals("access of r1++", session.accessToken())
  }

  @Test
  fun `uses no access token whose refresh token is not stored`() = test {
    val call = heldCall()
    store.isLocked = true
    release()
    assertTrue(call.await().exceptionOrNull() is SessionUnavailable)
    store.isLocked = false
    assertEquals("r1", store.refreshToken)
    assertEquals("access of r1+", session.accessToken())
  }

  @Test
  fun `a process killed between storing and using stays signed in`() = test {
    session.accessToken()
    assertEquals("r1+", store.refreshToken)
    assertEquals("access of r1++", newSession().accessToken())
  }

  @Test
  fun `a lost response is repeated with the same token`() = test {
    server.losesResponses = true
    assertFailsWith<SessionUnavailable> { session.accessToken() }
    assertEquals("r1", store.refreshToken)
    server.losesResponses = false
    assertEquals("access of r1+", session.accessToken())
  }

  @Test
  fun `without a network the access token is used until it expires`() = test {
    session.accessToken()
    server.isReachable = false
    seconds = 590
    assertEquals("access of r1+", session.accessToken())
    seconds = 600
    assertFailsWith<SessionUnavailable> { session.accessToken() }
    assertTrue(session.isSignedIn())
  }

  @Test
  fun `RateLimited keeps the tokens and waits`() = test {
    server.outcome = RefreshOutcome.RateLimited(60)
    repeat(3) { assertFailsWith<SessionUnavailable> { session.accessToken() } }
    assertEquals(1, server.refreshes)
    server.outcome = null
    seconds = 60
    assertEquals("access of r1+", session.accessToken())
  }

  @Test
  fun `RefreshRejected ends the session`() = test {
    server.rejected += "r1"
    assertNull(session.accessToken())
    assertFalse(session.isSignedIn())
    assertEquals(false, session.signedIn.value)
  }

  @Test
  fun `RefreshRejected ends nothing if another process has refreshed`() = test {
    server.rejected += "r1"
    val call = heldCall()
    store.refreshToken = "e"
    release()
    assertEquals("access of e+", call.await().getOrThrow())
  }

  @Test
  fun `a locked store does not sign out`() = test {
    store.isLocked = true
    assertFailsWith<SessionUnavailable> { session.accessToken() }
    store.isLocked = false
    assertEquals("access of r1+", session.accessToken())
  }

  @Test
  fun `a refresh in progress does not undo a sign-out`() = test {
    val call = heldCall()
    session.signOut()?.join()
    release()
    assertNull(call.await().getOrThrow())
    assertNull(store.refreshToken)
    assertEquals(listOf("r1"), server.loggedOut)
  }

  @Test
  fun `a refresh in progress does not replace a later sign-in`() = test {
    val call = heldCall()
    session.signIn(Tokens("b", 600, "of B"))
    release()
    assertEquals("b", call.await().getOrThrow())
    assertEquals("of B", store.refreshToken)
  }

  @Test
  fun `a cancelled caller does not cancel the refresh of others`() = test {
    val first = heldCall()
    val second = async { session.accessToken() }
    first.cancel()
    joinAll(first)
    release()
    assertEquals("access of r1+", second.await())
    assertEquals(1, server.refreshes)
  }

  @Test
  fun `signs out without a network`() = test {
    server.isReachable = false
    session.signOut()?.join()
    assertNull(store.refreshToken)
  }
}
