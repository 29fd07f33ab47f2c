import AuthenticationServices
import CryptoKit

/// Sign in with Apple. The app has the capability of that name, and the server its bundle ID in OIDC_APPLE_AUDIENCES.
@MainActor
public struct AppleSignIn {
  private let signIn: SignIn
  private let anchor: ASPresentationAnchor

  public init(signIn: SignIn, anchor: ASPresentationAnchor) {
    self.signIn = signIn
    self.anchor = anchor
  }

  /// - Parameter provider: as listed by `socialProviders`.
  public func login(provider: String = "apple") async throws -> SignInOutcome {
    // Apple copies the digest into the token. Only this app knows the nonce that belongs to it.
    let nonce = Self.randomNonce()
    let request = ASAuthorizationAppleIDProvider().createRequest()
    request.requestedScopes = [.email]
    request.nonce = SHA256.hash(data: Data(nonce.utf8)).map { String(format: "%02x", $0) }.joined()

    let credential = try await CredentialRequest(anchor: anchor).perform(request)
    guard let apple = credential as? ASAuthorizationAppleIDCredential, let token = apple.identityToken else {
      throw UnexpectedCredential()
    }
    return try await signIn.socialLogin(
      provider: provider, idToken: String(decoding: token, as: UTF8.self), nonce: nonce)
  }

  private static func randomNonce() -> String {
    SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
  }
}
