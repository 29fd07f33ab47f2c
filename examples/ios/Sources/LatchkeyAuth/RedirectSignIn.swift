import AuthenticationServices
import LatchkeyAPI

/// Sign-in with a provider that has no library for iOS, such as GitHub, in the system's browser.
@MainActor
public final class RedirectSignIn: NSObject {
  private let latchkey: Latchkey
  private let signIn: SignIn
  private let anchor: ASPresentationAnchor
  private var browser: ASWebAuthenticationSession?

  public init(latchkey: Latchkey, signIn: SignIn, anchor: ASPresentationAnchor) {
    self.latchkey = latchkey
    self.signIn = signIn
    self.anchor = anchor
  }

  /// - Parameters:
  ///   - redirectUri: listed in SOCIAL_REDIRECT_URIS, such as `com.example.app:/callback`.
  ///   - scheme: that of the redirect URI.
  public func login(provider: String, redirectUri: String, scheme: String) async throws -> SignInOutcome {
    let input = SocialAuthorizeInput(provider: provider, redirectUri: redirectUri)
    let started = try await latchkey.client.perform(mutation: SocialAuthorizeMutation(input: input))
      .requireData().socialAuthorize
    if let it = started.asSocialAuthorization {
      let redirect = try await open(it.url, scheme: scheme)
      guard let callback = Self.callback(of: redirect, provider: provider, challengeId: it.challengeId) else {
        // The user refused at the provider.
        throw ASWebAuthenticationSessionError(.canceledLogin)
      }
      return try await signIn.socialCallback(callback)
    }
    if let it = started.asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = started.asSocialProviderUnavailable { return .refused(message: it.message) }
    // Only when linking an identity to the signed-in user.
    if let it = started.asInvalidCredentials { return .refused(message: it.message) }
    if let it = started.asReauthenticationRequired { return .refused(message: it.message) }
    if let it = started.asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: started.__typename)
  }

  private func open(_ address: String, scheme: String) async throws -> URL {
    guard let url = URL(string: address) else { throw URLError(.badURL) }
    return try await withCheckedThrowingContinuation { continuation in
      // Sendable: the system calls it on another thread, where a closure of the main actor would end the app.
      let browser = ASWebAuthenticationSession(url: url, callbackURLScheme: scheme) { @Sendable redirect, error in
        if let redirect {
          continuation.resume(returning: redirect)
        } else {
          continuation.resume(throwing: error ?? URLError(.unknown))
        }
      }
      browser.presentationContextProvider = self
      self.browser = browser
      browser.start()
    }
  }

  /// The server compares state and challengeId, so a redirect that another page made is refused.
  private static func callback(of redirect: URL, provider: String, challengeId: String) -> SocialCallbackInput? {
    let items = URLComponents(url: redirect, resolvingAgainstBaseURL: false)?.queryItems ?? []
    func value(_ name: String) -> String? { items.first { $0.name == name }?.value }
    guard let code = value("code"), let state = value("state") else { return nil }
    return SocialCallbackInput(
      challengeId: challengeId,
      code: code,
      issuer: value("iss").map { .some($0) } ?? .none,
      provider: provider,
      state: state
    )
  }
}

extension RedirectSignIn: @preconcurrency ASWebAuthenticationPresentationContextProviding {
  public func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
    anchor
  }
}
