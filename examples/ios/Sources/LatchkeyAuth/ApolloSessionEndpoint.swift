import Apollo
import LatchkeyAPI

/// `refresh` and `logout`. Its client sends no access token, so a refresh never waits for a refresh.
public struct ApolloSessionEndpoint: SessionEndpoint {
  private let client: ApolloClient

  public init(client: ApolloClient) {
    self.client = client
  }

  public func refresh(_ refreshToken: String) async throws -> RefreshOutcome {
    let input = RefreshInput(refreshToken: .some(refreshToken))
    let response = try await client.perform(mutation: RefreshMutation(input: input))
    return try response.requireData().refresh.outcome()
  }

  public func logout(_ refreshToken: String) async throws {
    let input = LogoutInput(refreshToken: .some(refreshToken))
    _ = try await client.perform(mutation: LogoutMutation(input: input)).requireData()
  }
}

extension RefreshMutation.Data.Refresh {
  func outcome() throws -> RefreshOutcome {
    if let it = asAuthenticated { return .refreshed(try Tokens(it.fragments.signedIn)) }
    if asRefreshRejected != nil { return .rejected }
    if let it = asRateLimited { return .rateLimited(retryAfter: it.retryAfter) }
    throw UnknownOutcome(type: __typename)
  }
}

extension Tokens {
  init(_ signedIn: SignedIn) throws {
    // Null only with transport COOKIE, which an app does not ask for.
    guard let refreshToken = signedIn.refreshToken else { throw UnknownOutcome(type: "Authenticated") }
    self.init(
      accessToken: signedIn.accessToken,
      accessTokenExpiresIn: signedIn.accessTokenExpiresIn,
      refreshToken: refreshToken
    )
  }
}

/// The server is newer than this app: it returned a type that the app's documents do not select.
public struct UnknownOutcome: Error {
  public let type: String?
}

extension GraphQLResponse {
  /// The data, or the first error.
  func requireData() throws -> Operation.Data {
    if let data { return data }
    throw errors?.first ?? GraphQLError(["message": "The response has no data."])
  }
}
