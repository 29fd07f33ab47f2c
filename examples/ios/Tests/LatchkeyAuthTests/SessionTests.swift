import Testing

@testable import LatchkeyAuth

@Suite struct SessionTests {
  private let server = FakeServer()
  private let store = FakeStore("r1")
  private let clock = FakeClock()

  private func session(onChange: @escaping @Sendable (Bool) -> Void = { _ in }) -> Session {
    let clock = clock
    return Session(store: store, endpoint: server, now: { clock.now }, onChange: onChange)
  }

  @Test func parallelCallsMakeOneRefresh() async throws {
    let session = session()
    let tokens = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<20 { group.addTask { try await session.accessToken() } }
      return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
    }
    #expect(tokens == ["access of r1+"])
    #expect(await server.refreshes == 1)
  }

  @Test func parallelCallsThatWereRefusedMakeOneRefresh() async throws {
    let session = session()
    let refused = try #require(try await session.accessToken())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          let token = try await session.accessToken(insteadOf: refused)
          #expect(token == "access of r1++")
        }
      }
      try await group.waitForAll()
    }
    #expect(await server.refreshes == 2)
  }

  @Test func refreshesAheadOfExpiry() async throws {
    let session = session()
    _ = try await session.accessToken()
    clock.now = .seconds(569)
    #expect(try await session.accessToken() == "access of r1+")
    clock.now = .seconds(571)
    #expect(try await session.accessToken() == "access of r1++")
  }

  @Test func theLifetimeCountsFromTheRequest() async throws {
    let session = session()
    await server.hold()
    let call = Task { try await session.accessToken() }
    while await server.refreshes == 0 { await Task.yield() }
    clock.now = .seconds(571)
    await server.release()
    _ = try await call.value
    #expect(try await session.accessToken() == "access of r1++")
  }

  @Test func usesNoAccessTokenWhoseRefreshTokenIsNotStored() async throws {
    let session = session()
    await server.hold()
    let call = Task { try await session.accessToken() }
    while await server.refreshes == 0 { await Task.yield() }
    store.isLocked = true
    await server.release()
    await #expect(throws: SessionUnavailable.self) { try await call.value }
    store.isLocked = false
    #expect(store.refreshToken == "r1")
    #expect(try await session.accessToken() == "access of r1+")
  }

  @Test func aProcessKilledBetweenStoringAndUsingStaysSignedIn() async throws {
    _ = try await session().accessToken()
    #expect(store.refreshToken == "r1+")
    #expect(try await session().accessToken() == "access of r1++")
  }

  @Test func aLostResponseIsRepeatedWithTheSameToken() async throws {
    let session = session()
    await server.loseResponses(true)
    await #expect(throws: SessionUnavailable.self) { try await session.accessToken() }
    #expect(store.refreshToken == "r1")
    await server.loseResponses(false)
    #expect(try await session.accessToken() == "access of r1+")
  }

  @Test func withoutANetworkTheAccessTokenIsUsedUntilItExpires() async throws {
    let session = session()
    _ = try await session.accessToken()
    await server.reachable(false)
    clock.now = .seconds(590)
    #expect(try await session.accessToken() == "access of r1+")
    clock.now = .seconds(600)
    await #expect(throws: SessionUnavailable.self) { try await session.accessToken() }
    #expect(try await session.isSignedIn())
  }

  @Test func rateLimitedKeepsTheTokensAndWaits() async throws {
    let session = session()
    await server.answer(.rateLimited(retryAfter: 60))
    for _ in 0..<3 {
      await #expect(throws: SessionUnavailable.self) { try await session.accessToken() }
    }
    #expect(await server.refreshes == 1)
    await server.answer(nil)
    clock.now = .seconds(60)
    #expect(try await session.accessToken() == "access of r1+")
  }

  @Test func rejectedEndsTheSession() async throws {
    try await confirmation { changed in
      let session = session { isSignedIn in
        #expect(!isSignedIn)
        changed()
      }
      await server.reject("r1")
      let token = try await session.accessToken()
      #expect(token == nil)
      let isSignedIn = try await session.isSignedIn()
      #expect(!isSignedIn)
    }
  }

  @Test func rejectedEndsNothingIfAnotherProcessHasRefreshed() async throws {
    let session = session()
    await server.hold()
    await server.reject("r1")
    let call = Task { try await session.accessToken() }
    while await server.refreshes == 0 { await Task.yield() }
    store.refreshToken = "e"
    await server.release()
    #expect(try await call.value == "access of e+")
  }

  @Test func aLockedDeviceIsNotSignedOut() async throws {
    let session = session()
    store.isLocked = true
    await #expect(throws: SessionUnavailable.self) { try await session.accessToken() }
    store.isLocked = false
    #expect(try await session.accessToken() == "access of r1+")
  }

  @Test func aRefreshInProgressDoesNotUndoASignOut() async throws {
    let session = session()
    await server.hold()
    let call = Task { try await session.accessToken() }
    while await server.refreshes == 0 { await Task.yield() }
    await (try session.signOut())?.value
    await server.release()
    #expect(try await call.value == nil)
    #expect(store.refreshToken == nil)
    #expect(await server.loggedOut == ["r1"])
  }

  @Test func aRefreshInProgressDoesNotReplaceALaterSignIn() async throws {
    let session = session()
    await server.hold()
    let call = Task { try await session.accessToken() }
    while await server.refreshes == 0 { await Task.yield() }
    try await session.signIn(Tokens(accessToken: "b", accessTokenExpiresIn: 600, refreshToken: "of B"))
    await server.release()
    #expect(try await call.value == "b")
    #expect(store.refreshToken == "of B")
  }

  @Test func aCancelledCallerDoesNotCancelTheRefreshOfOthers() async throws {
    let session = session()
    await server.hold()
    let first = Task { try await session.accessToken() }
    while await server.refreshes == 0 { await Task.yield() }
    let second = Task { try await session.accessToken() }
    first.cancel()
    await server.release()
    #expect(try await second.value == "access of r1+")
    #expect(await server.refreshes == 1)
  }

  @Test func signsOutWithoutANetwork() async throws {
    let session = session()
    await server.reachable(false)
    await (try session.signOut())?.value
    #expect(store.refreshToken == nil)
  }
}
