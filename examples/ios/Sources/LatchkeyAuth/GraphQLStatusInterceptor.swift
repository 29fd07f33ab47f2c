import Apollo
import Foundation

/// In place of Apollo's ResponseCodeInterceptor, which throws away the body of a 401, with `extensions.code` in it.
struct GraphQLStatusInterceptor: HTTPInterceptor {
  /// The response is not from GraphQL, for example 502 of a proxy.
  struct UnexpectedStatus: Error {
    let status: Int
  }

  func intercept(request: URLRequest, next: NextHTTPInterceptorFunction) async throws -> HTTPResponse {
    let response = try await next(request)
    let type = response.response.value(forHTTPHeaderField: "content-type") ?? ""
    let status = response.response.statusCode
    guard (200..<300).contains(status) || type.hasPrefix("application/graphql-response+json") else {
      throw UnexpectedStatus(status: status)
    }
    return response
  }
}
