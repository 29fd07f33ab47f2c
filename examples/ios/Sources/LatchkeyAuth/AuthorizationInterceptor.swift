import Apollo
import ApolloAPI

private let header = "Authorization"

/// Sends the access token. If the server does not accept it, renews it and repeats the operation once: with the code
/// UNAUTHENTICATED, nothing was executed.
struct AuthorizationInterceptor: GraphQLInterceptor {
  let session: Session

  func intercept<Request: GraphQLRequest>(
    request: Request,
    next: NextInterceptorFunction<Request>
  ) async throws -> InterceptorResultStream<Request> {
    let isRepeated = request.additionalHeaders[header] != nil
    if isRepeated { return await next(request) }

    let available: String?
    do {
      available = try await session.accessToken()
    } catch let unavailable as SessionUnavailable where request.fetchBehavior.cacheRead != .never {
      // Without a network, the app can still show what is in the cache.
      var cached = request
      cached.fetchBehavior = .CacheOnly
      return await next(cached).mapErrors { _ in throw unavailable }
    }
    guard let token = available else { return await next(request) }

    let session = session
    return await next(request.authorized(with: token)).map { response in
      guard response.result.isUnauthenticated, let renewed = try await session.accessToken(insteadOf: token) else {
        return response
      }
      throw RequestChain<Request>.Retry(request: request.authorized(with: renewed))
    }
  }
}

extension GraphQLRequest {
  fileprivate func authorized(with token: String) -> Self {
    var request = self
    request.addHeader(name: header, value: "Bearer \(token)")
    return request
  }
}

extension GraphQLResponse {
  /// The code, not the status: a gateway in front of the server also sends 401 and 403, and a response with the status
  /// 200 can have this error.
  var isUnauthenticated: Bool {
    errors?.contains { $0.extensions?["code"] as? String == "UNAUTHENTICATED" } ?? false
  }
}
