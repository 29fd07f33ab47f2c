/// What a sign-in or a refresh returns.
public struct Tokens: Sendable {
  public let accessToken: String
  /// Seconds.
  public let accessTokenExpiresIn: Int
  public let refreshToken: String

  public init(accessToken: String, accessTokenExpiresIn: Int, refreshToken: String) {
    self.accessToken = accessToken
    self.accessTokenExpiresIn = accessTokenExpiresIn
    self.refreshToken = refreshToken
  }
}

/// Where the refresh token outlives the process. The access token stays in memory.
public protocol TokenStore: Sendable {
  /// The refresh token, or nil if there is none. Throws if the store cannot be read now, for example before the first
  /// unlock of the device: that does not mean that the user is signed out.
  func read() throws -> String?
  /// Returns when the token is stored durably.
  func write(_ refreshToken: String) throws
  func clear() throws
}

/// What the server did with a refresh token.
public enum RefreshOutcome: Sendable {
  case refreshed(Tokens)
  /// RefreshRejected: the session is over.
  case rejected
  /// RateLimited: nothing was checked.
  case rateLimited(retryAfter: Int)
}

/// Calls `refresh` and `logout` of the API.
public protocol SessionEndpoint: Sendable {
  /// Throws if there is no outcome: no network, 503, an unknown type.
  func refresh(_ refreshToken: String) async throws -> RefreshOutcome
  func logout(_ refreshToken: String) async throws
}

/// There are tokens, but no access token could be had now. Try again later; the user stays signed in.
public struct SessionUnavailable: Error {
  public let cause: (any Error)?
}
