import Apollo
import ApolloAPI
import Foundation

/// The client of the app. Create one at startup. URLSession sends the language of the device, and the server writes each
/// `message` in it.
public struct Latchkey: Sendable {
  public let session: Session
  /// Sends the access token with each operation.
  public let client: ApolloClient

  public init(endpoint: URL, store: any TokenStore, onChange: @escaping @Sendable (Bool) -> Void = { _ in }) {
    let cache = ApolloStore(cache: InMemoryNormalizedCache())
    let anonymous = Self.client(endpoint: endpoint, cache: ApolloStore(), session: nil)
    let session = Session(
      store: store,
      endpoint: ApolloSessionEndpoint(client: anonymous),
      onChange: { isSignedIn in
        // What one user has read is not for the next.
        Task { try await cache.clearCache() }
        onChange(isSignedIn)
      }
    )
    self.session = session
    self.client = Self.client(endpoint: endpoint, cache: cache, session: session)
  }

  private static func client(endpoint: URL, cache: ApolloStore, session: Session?) -> ApolloClient {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 20
    let transport = RequestChainNetworkTransport(
      urlSession: URLSession(configuration: configuration),
      interceptorProvider: Interceptors(session: session),
      store: cache,
      endpointURL: endpoint
    )
    return ApolloClient(networkTransport: transport, store: cache)
  }
}

private struct Interceptors: InterceptorProvider {
  let session: Session?

  func graphQLInterceptors<Operation: GraphQLOperation>(for operation: Operation) -> [any GraphQLInterceptor] {
    session.map { [AuthorizationInterceptor(session: $0)] } ?? []
  }

  func httpInterceptors<Operation: GraphQLOperation>(for operation: Operation) -> [any HTTPInterceptor] {
    [GraphQLStatusInterceptor()]
  }
}
