import Apollo
import LatchkeyAPI

/// Confirms the signed-in user again, after an operation returned ReauthenticationRequired. Then repeat the operation.
public struct Reauthentication: Sendable {
  private let latchkey: Latchkey

  public init(latchkey: Latchkey) {
    self.latchkey = latchkey
  }

  public func confirm(password: String) async throws -> Outcome {
    try await confirm(ReauthenticateInput(password: .some(password)))
  }

  public func confirm(totp: String) async throws -> Outcome {
    try await confirm(ReauthenticateInput(totp: .some(totp)))
  }

  private func confirm(_ input: ReauthenticateInput) async throws -> Outcome {
    let response = try await latchkey.client.perform(mutation: ReauthenticateMutation(input: input))
    let outcome = try response.requireData().reauthenticate.outcome()
    if case .confirmed(let accessToken, let expiresIn) = outcome {
      await latchkey.session.replaceAccessToken(accessToken, expiresIn: expiresIn)
    }
    return outcome
  }

  public enum Outcome: Sendable {
    case confirmed(accessToken: String, expiresIn: Int)
    case refused(message: String)
    case unknown(type: String?)
  }
}

extension ReauthenticateMutation.Data.Reauthenticate {
  func outcome() -> Reauthentication.Outcome {
    if let it = asReauthenticated {
      return .confirmed(accessToken: it.accessToken, expiresIn: it.accessTokenExpiresIn)
    }
    if let it = asInvalidInput { return .refused(message: it.message) }
    if let it = asChallengeFailed { return .refused(message: it.message) }
    if let it = asInvalidCredentials { return .refused(message: it.message) }
    if let it = asRateLimited { return .refused(message: it.message) }
    return .unknown(type: __typename)
  }
}
