@testable import LatchkeyAuth

struct Offline: Error {}

/// Refreshes as the server does: the same token gives the same successor until a new token has been used.
actor FakeServer: SessionEndpoint {
  private(set) var refreshes = 0
  private(set) var loggedOut: [String] = []
  private var outcome: RefreshOutcome?
  private var rejected: Set<String> = []
  private var losesResponses = false
  private var isReachable = true
  private var isHeld = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func answer(_ outcome: RefreshOutcome?) { self.outcome = outcome }
  func reject(_ refreshToken: String) { rejected.insert(refreshToken) }
  func loseResponses(_ lost: Bool) { losesResponses = lost }
  func reachable(_ reachable: Bool) { isReachable = reachable }
  func hold() { isHeld = true }
  func release() {
    isHeld = false
    waiting.forEach { $0.resume() }
    waiting = []
  }

  func refresh(_ refreshToken: String) async throws -> RefreshOutcome {
    refreshes += 1
    if isHeld { await withCheckedContinuation { waiting.append($0) } }
    guard isReachable, !losesResponses else { throw Offline() }
    if rejected.contains(refreshToken) { return .rejected }
    if let outcome { return outcome }
    let next = refreshToken + "+"
    return .refreshed(Tokens(accessToken: "access of \(next)", accessTokenExpiresIn: 600, refreshToken: next))
  }

  func logout(_ refreshToken: String) async throws {
    guard isReachable else { throw Offline() }
    loggedOut.append(refreshToken)
  }
}

/// Used by one test at a time, and there by the actor of the session.
final class FakeStore: TokenStore, @unchecked Sendable {
  struct Locked: Error {}

  var refreshToken: String?
  var isLocked = false

  init(_ refreshToken: String? = nil) { self.refreshToken = refreshToken }

  func read() throws -> String? {
    if isLocked { throw Locked() }
    return refreshToken
  }

  func write(_ refreshToken: String) throws {
    if isLocked { throw Locked() }
    self.refreshToken = refreshToken
  }

  func clear() throws {
    if isLocked { throw Locked() }
    refreshToken = nil
  }
}

final class FakeClock: @unchecked Sendable {
  var now: Duration = .zero
}
