/// The tokens of the signed-in user. An actor, so that all callers together refresh once.
public actor Session {
  private struct AccessToken {
    let text: String
    let expiresAt: Duration
    let refreshAt: Duration
  }

  private let store: any TokenStore
  private let endpoint: any SessionEndpoint
  /// A clock that no user can set, and that also runs while the device sleeps.
  private let now: @Sendable () -> Duration
  private let onChange: @Sendable (Bool) -> Void

  private var access: AccessToken?
  private var refreshing: Task<String?, any Error>?
  /// Grows with each sign-in and sign-out, so that a refresh of an earlier session changes nothing.
  private var generation = 0
  private var notBefore: Duration = .zero

  /// - Parameter onChange: is called with false when the session has ended, and with true after a sign-in.
  public init(
    store: any TokenStore,
    endpoint: any SessionEndpoint,
    now: @escaping @Sendable () -> Duration = Session.uptime(),
    onChange: @escaping @Sendable (Bool) -> Void = { _ in }
  ) {
    self.store = store
    self.endpoint = endpoint
    self.now = now
    self.onChange = onChange
  }

  public static func uptime() -> @Sendable () -> Duration {
    let start = ContinuousClock.now
    return { start.duration(to: .now) }
  }

  /// Whether there is a session, as far as this device knows.
  public func isSignedIn() throws -> Bool {
    try store.read() != nil
  }

  /// A token that is accepted for a while, or nil if the user is not signed in.
  public func accessToken() async throws -> String? {
    if let access, now() < access.refreshAt { return access.text }
    do {
      return try await refreshed()
    } catch let error as SessionUnavailable {
      // It was too early to need a new one.
      if let access, now() < access.expiresAt { return access.text }
      throw error
    }
  }

  /// A token in place of one that the server refused, or nil if the user is not signed in any more.
  public func accessToken(insteadOf refused: String) async throws -> String? {
    if let access, access.text != refused, now() < access.expiresAt { return access.text }
    if access?.text == refused { access = nil }
    return try await refreshed()
  }

  /// Call it with the tokens of each sign-in.
  public func signIn(_ tokens: Tokens) throws {
    generation += 1
    notBefore = .zero
    refreshing = nil
    access = nil
    try keep(tokens, askedAt: now())
    onChange(true)
  }

  /// Call it with the outcome Reauthenticated: the refresh token stays.
  public func replaceAccessToken(_ text: String, expiresIn: Int) {
    access = accessToken(text, expiresIn: expiresIn, askedAt: now())
  }

  /// Signs out on this device, also without a network. The server is told in the background if it can be reached.
  @discardableResult
  public func signOut() throws -> Task<Void, Never>? {
    let refreshToken = try store.read()
    try end()
    guard let refreshToken else { return nil }
    let endpoint = endpoint
    return Task { try? await endpoint.logout(refreshToken) }
  }

  /// All callers get the result of one request. It is not part of any caller's task, so cancelling one harms no other.
  private func refreshed() async throws -> String? {
    if let refreshing { return try await refreshing.value }
    let task = Task { try await refresh() }
    refreshing = task
    return try await task.value
  }

  private func refresh() async throws -> String? {
    let started = generation
    defer { if started == generation { refreshing = nil } }
    guard now() >= notBefore else { throw SessionUnavailable(cause: nil) }
    guard let refreshToken = try readStore() else { return nil }

    let askedAt = now()
    let outcome: RefreshOutcome
    do {
      outcome = try await endpoint.refresh(refreshToken)
    } catch {
      // The response may be lost. The same token gives the same successor, so the token is kept.
      throw SessionUnavailable(cause: error)
    }
    // The user signed out or in meanwhile.
    guard started == generation else { return access?.text }

    switch outcome {
    case .refreshed(let tokens):
      try keep(tokens, askedAt: askedAt)
      return tokens.accessToken
    case .rateLimited(let retryAfter):
      notBefore = now() + .seconds(retryAfter)
      throw SessionUnavailable(cause: nil)
    case .rejected:
      // Another process, such as an extension, may have refreshed: then its token counts.
      if let current = try readStore(), current != refreshToken { return try await refresh() }
      try end()
      return nil
    }
  }

  /// First the refresh token is stored, then the access token is used: the server counts the old refresh token as stolen
  /// once it has seen a new token. If storing fails, the old one remains valid.
  private func keep(_ tokens: Tokens, askedAt: Duration) throws {
    do {
      try store.write(tokens.refreshToken)
    } catch {
      throw SessionUnavailable(cause: error)
    }
    access = accessToken(tokens.accessToken, expiresIn: tokens.accessTokenExpiresIn, askedAt: askedAt)
  }

  /// Counted from the request on, so that a slow network makes it earlier, never later.
  private func accessToken(_ text: String, expiresIn: Int, askedAt: Duration) -> AccessToken {
    let margin = min(30, expiresIn / 2)
    return AccessToken(
      text: text,
      expiresAt: askedAt + .seconds(expiresIn),
      refreshAt: askedAt + .seconds(expiresIn - margin)
    )
  }

  private func readStore() throws -> String? {
    do {
      return try store.read()
    } catch {
      throw SessionUnavailable(cause: error)
    }
  }

  private func end() throws {
    generation += 1
    refreshing = nil
    access = nil
    try store.clear()
    onChange(false)
  }
}
