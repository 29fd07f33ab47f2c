import AuthenticationServices

/// Shows the system's sheet for one request, and waits for the user.
@MainActor
final class CredentialRequest: NSObject {
  private let anchor: ASPresentationAnchor
  private var continuation: CheckedContinuation<Void, any Error>?
  private var controller: ASAuthorizationController?
  private var credential: (any ASAuthorizationCredential)?

  init(anchor: ASPresentationAnchor) {
    self.anchor = anchor
  }

  /// Throws ASAuthorizationError.canceled if the user closes the sheet, and also if the device has no passkey for it.
  func perform(_ request: ASAuthorizationRequest) async throws -> any ASAuthorizationCredential {
    let controller = ASAuthorizationController(authorizationRequests: [request])
    controller.delegate = self
    controller.presentationContextProvider = self
    self.controller = controller
    defer { self.controller = nil }
    try await withCheckedThrowingContinuation { continuation in
      self.continuation = continuation
      controller.performRequests()
    }
    guard let credential else { throw UnexpectedCredential() }
    return credential
  }

  private func finish(_ result: Result<Void, any Error>) {
    continuation?.resume(with: result)
    continuation = nil
  }
}

// Not every version of the SDK says that these are called on the main thread, as they are.
extension CredentialRequest: @preconcurrency ASAuthorizationControllerDelegate {
  func authorizationController(
    controller: ASAuthorizationController, didCompleteWithAuthorization authorization: ASAuthorization
  ) {
    credential = authorization.credential
    finish(.success(()))
  }

  func authorizationController(controller: ASAuthorizationController, didCompleteWithError error: any Error) {
    finish(.failure(error))
  }
}

extension CredentialRequest: @preconcurrency ASAuthorizationControllerPresentationContextProviding {
  func presentationAnchor(for controller: ASAuthorizationController) -> ASPresentationAnchor {
    anchor
  }
}

/// The system returned another kind of credential than was asked for.
struct UnexpectedCredential: Error {}
